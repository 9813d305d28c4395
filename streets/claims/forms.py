"""What a vendor types to take a shop over, and an owner to invite somebody."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from streets.models.member_invitations import INVITED_ROLES
from wardmark.accounts.forms import CodeField, PhoneField
from wardmark.base.people import person_name
from wardmark.base.written_numbers import numbers_written_in
from wardmark.plaques.codes import InvalidCode, normalise

# As long as a password field shows on a telephone; far longer than anybody types.
LONGEST_PASSWORD = 128


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the letter"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        try:
            return normalise(self.cleaned_data["number"])
        except InvalidCode as reason:
            raise ValidationError(
                _("This is not the number of a letter. It stands under the square code, as in 7K3-M9XP.")
            ) from reason


class HandedCodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("The 8 characters of your letter"),
            max_length=30,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    "autocapitalize": "characters",
                    "spellcheck": "false",
                    "class": "code-input",
                }
            ),
            **kwargs,
        )


class KnownPersonForm(forms.Form):
    """For somebody who is signed in: the paper alone is asked for."""

    code = HandedCodeField()


class NewPersonForm(KnownPersonForm):
    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField()

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if numbers_written_in(name):
            # The histories keep it, for ever.
            raise ValidationError(_("Please write your name alone. The telephone number goes into its own field."))
        return name


class ProveForm(forms.Form):
    code = CodeField()


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text=_("At least 8 characters, for example three words."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class InviteForm(forms.Form):
    phone = PhoneField(label=_("Their mobile number"))
    role = forms.ChoiceField(label=_("What they do"), choices=INVITED_ROLES, widget=forms.RadioSelect, initial="staff")


class PassOnForm(forms.Form):
    """Whom the shop passes to: one of those who keep it now."""

    member = forms.ModelChoiceField(label=_("New owner"), queryset=None, widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.fields["member"].label_from_instance = lambda member: (
            f"{person_name(member.user)} ({member.get_role_display()})"
        )
