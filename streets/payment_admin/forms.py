"""Entering an account: from a code's text, from a photo of a placard, or by hand."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.forms import PictureField
from media.uploads import upright_on_white
from streets.models import Bank, Shop
from streets.payee_names import HolderKind, InvalidName, normalise_name
from streets.payment_views import LONGEST_TEXT
from streets.placard_check import is_unsafe, number_of, texts_in
from streets.sealing import Number
from streets.vietqr import NotEMV, Reading, Transfer, VietQRError, build, parse


class AccountForm(forms.Form):
    """One of text, photo or number. A bank nobody knows warns: the officer says that the number was checked."""

    shop = forms.ModelChoiceField(label=gettext_lazy("Shop"), queryset=Shop.objects.none())
    text = forms.CharField(
        label=gettext_lazy("Text of the VietQR code"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("As a scanner or a phone read it. Or a photo of the placard, or the number by hand."),
    )
    photo = PictureField(label=gettext_lazy("Photo of the placard"), required=False)
    bank_bin = forms.RegexField(
        r"\A[0-9]{6}\Z",
        label=gettext_lazy("Bank number (BIN)"),
        required=False,
        error_messages={"invalid": gettext_lazy("A bank’s number has exactly 6 digits.")},
        help_text=gettext_lazy("By hand: write the bank’s name to be offered its 6 digits."),
        widget=forms.TextInput(attrs={"list": "banks", "autocomplete": "off"}),
    )
    account = forms.CharField(
        label=gettext_lazy("Account number"),
        required=False,
        max_length=19,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    payee_name = forms.CharField(
        label=gettext_lazy("Payee’s name"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("As the bank’s app shows it. Accents go, capitals come."),
    )
    holder_kind = forms.ChoiceField(label=gettext_lazy("Kind of holder"), choices=HolderKind.choices)
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For example “The shop changed its bank; its owner showed the app on 5 May.”"),
    )
    bank_is_right = forms.BooleanField(
        label=gettext_lazy("I have checked this bank number; it is right although it is not in our list."),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, shops: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shop"].queryset = shops
        self.fields["photo"].help_text = ""

    @property
    def banks(self) -> Any:
        """The banks of today, offered while a number is written."""
        return Bank.objects.in_force(timezone.localdate())

    def clean_payee_name(self) -> str:
        typed = self.cleaned_data["payee_name"]
        if not typed.strip():
            return ""
        try:
            return normalise_name(typed)
        except InvalidName as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        given = [name for name in ("text", "photo", "account") if data.get(name)]
        if len(given) != 1:
            raise forms.ValidationError(_("Please give one of the three: a code’s text, a photo, or bank and number."))
        [name] = given
        number = self._by_hand(data) if name == "account" else self._read(name, data)
        if number is None:
            return data
        if not data.get("payee_name"):
            self.add_error("payee_name", _("Please enter the payee’s name as the bank’s app shows it."))
        self._warn_of_unknown_bank(number, data)
        data["number"] = number
        return data

    def _by_hand(self, data: dict[str, Any]) -> Number | None:
        if not data.get("bank_bin"):
            self.add_error("bank_bin", _("Please enter the bank’s number too."))
            return None
        number = Number(data["bank_bin"], "".join(data["account"].split()))
        try:
            build(Transfer(number.bin, number.account))
        except VietQRError as error:
            self.add_error("account", error.message)
            return None
        return number

    def _read(self, name: str, data: dict[str, Any]) -> Number | None:
        reading = self._reading(name, data)
        if reading is None:
            return None
        if is_unsafe(reading):
            self.add_error(
                name,
                _(
                    "This code names a further account, a card or a surcharge besides. It cannot be approved: please "
                    "let the shop’s bank make a plain transfer code."
                ),
            )
            return None
        if reading.amount is not None:
            self.add_error(name, _("This code asks for a fixed amount. Please use the shop’s code without one."))
            return None
        if not data.get("payee_name") and reading.name:
            try:
                data["payee_name"] = normalise_name(reading.name)
            except InvalidName:
                return number_of(reading)
        return number_of(reading)

    def _reading(self, name: str, data: dict[str, Any]) -> Reading | None:
        if name == "text":
            # A scanner ends what it types with a new line.
            texts = [data["text"].strip()]
        else:
            photo = upright_on_white(data["photo"])
            texts = texts_in(photo) if photo else []
        failure: VietQRError | None = None
        readings: dict[Number, Reading] = {}
        for text in texts:
            try:
                reading = parse(text)
            except VietQRError as error:
                # What is nearly VietQR says more than the web address beside it.
                failure = error if failure is None or isinstance(failure, NotEMV) else failure
            else:
                readings[number_of(reading)] = reading
        if len(readings) == 1:
            return next(iter(readings.values()))
        if readings:
            self.add_error(name, _("There are codes of several accounts in the photo. Please photograph one alone."))
        else:
            self.add_error(name, failure.message if failure else _("No code was found in the photo."))
        return None

    def _warn_of_unknown_bank(self, number: Number, data: dict[str, Any]) -> None:
        if Bank.objects.in_force(timezone.localdate()).filter(bin=number.bin).exists():
            return
        self.fields["bank_is_right"].widget = forms.CheckboxInput()
        if not data.get("bank_is_right"):
            self.add_error(
                "bank_is_right",
                _(
                    "The bank number %(bin)s is not in our list. It may be new: please compare it with the bank’s own "
                    "word, then tick this box, or add the bank to the list first."
                )
                % {"bin": number.bin},
            )
