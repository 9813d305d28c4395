"""What people type to come in, and to keep their account."""

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wardmark.accounts import sign_in_attempts
from wardmark.accounts.phones import Phone

LOCKED = _(
    "Too many wrong tries. Please wait 15 minutes, after many of them some hours, and try again; until then not even "
    "the right password is taken."
)


class PhoneField(forms.CharField):
    """A mobile number in any of the forms people write; cleaned to a `Phone`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("max_length", 30)
        super().__init__(
            widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel-national"}), **kwargs
        )

    def clean(self, value: Any) -> Phone:
        return Phone.written(super().clean(value))


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Code from the message"),
            max_length=12,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input"}
            ),
            **kwargs,
        )


class SignInForm(auth_forms.AuthenticationForm):
    """A telephone number or a user name, and the password."""

    error_messages = auth_forms.AuthenticationForm.error_messages | {
        "invalid_login": _("This name or number and this password do not belong together. Please check both."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.label = _("Mobile number or user name")
        # Staff type names, vendors numbers: a keyboard with both.
        name.widget.attrs |= {"autocomplete": "username webauthn", "inputmode": "text", "spellcheck": "false"}
        self.fields["password"].widget.attrs |= {"autocomplete": "current-password"}

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except ValidationError:
            if self.is_locked:
                raise ValidationError(LOCKED, code="locked") from None
            raise

    @property
    def is_locked(self) -> bool:
        return sign_in_attempts.is_locked(self.request, self.cleaned_data.get("username", ""))


class PhoneForm(forms.Form):
    phone = PhoneField()


class CodeForm(forms.Form):
    """The number stands in the form, not in the address: where it came from it goes back to."""

    phone = PhoneField()
    code = CodeField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget = forms.HiddenInput()
