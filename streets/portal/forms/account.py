"""The account that guests pay to, as its owner enters it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from streets.models import Bank
from streets.payee_names import HolderKind, InvalidName, normalise_name
from streets.portal.forms.changing import LINE
from streets.sealing import Number
from streets.vietqr import Transfer, VietQRError, build


class AccountForm(forms.Form):
    """A bank of the ward's list, the number, and the name that the bank's app shows."""

    bank = forms.ModelChoiceField(
        label=_("Bank"),
        queryset=Bank.objects.none(),
        empty_label=_("Choose your bank"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    account = forms.CharField(
        label=_("Account number"),
        max_length=30,
        widget=forms.TextInput(attrs=LINE | {"autocomplete": "off", "spellcheck": "false"}),
    )
    payee_name = forms.CharField(
        label=_("Payee’s name"),
        max_length=120,
        help_text=_("As the bank’s app shows it. Accents go, capitals come."),
        widget=forms.TextInput(attrs=LINE | {"autocomplete": "off", "autocapitalize": "characters"}),
    )
    holder_kind = forms.ChoiceField(
        label=_("Whose account is it?"), choices=HolderKind.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = Bank.objects.in_force(timezone.localdate()).order_by("short_name")
        # Without the number that codes know it by, which says nothing to a vendor.
        self.fields["bank"].label_from_instance = lambda bank: bank.label

    def clean_payee_name(self) -> str:
        try:
            return normalise_name(self.cleaned_data["payee_name"])
        except InvalidName as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("bank") and data.get("account"):
            number = Number(data["bank"].bin, "".join(data["account"].split()))
            try:
                build(Transfer(number.bin, number.account))
            except VietQRError as refused:
                self.add_error("account", refused.message)
            else:
                data["number"] = number
        return data
