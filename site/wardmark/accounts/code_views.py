"""Coming in, or to a new password, by a code that a message brings. Nobody learns here whose number is known."""

from typing import Any

from django.contrib import messages as notes
from django.contrib.auth.forms import SetPasswordForm
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from wardmark.accounts import messages, phone_proof
from wardmark.accounts.forms import CodeForm, PhoneForm
from wardmark.accounts.models import User
from wardmark.accounts.onward import onward, wished
from wardmark.accounts.own_views import go_on_after_new_password
from wardmark.accounts.people import person_who_proved, person_with_phone, sign_in
from wardmark.accounts.phones import Phone


def _open_account(phone: Phone) -> User | None:
    person = person_with_phone(phone)
    return person if person and person.is_active else None


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class CodeView(View):
    """Two steps at one address, so that no number stands in one: first the number, then the code beside it."""

    purpose: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not messages.is_configured():
            return self.without_gateway(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask_for_number(request, PhoneForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "code" in request.POST:
            return self.take_code(request)
        form = PhoneForm(request.POST)
        if not form.is_valid():
            return self.ask_for_number(request, form)
        phone = form.cleaned_data["phone"]
        known = _open_account(phone) is not None
        try:
            phone_proof.begin_unseen(phone=phone, purpose=self.purpose, request=request, is_known=known)
        except phone_proof.CannotBegin as reason:
            form.add_error(None, reason.message)
            return self.ask_for_number(request, form, status=429)
        return self.ask_for_code(request, self.second_form(phone))

    def ask_for_number(self, request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
        return self.show(request, "accounts/code_number.html", form, status)

    def ask_for_code(self, request: HttpRequest, form: Form) -> HttpResponse:
        return self.show(request, "accounts/code_enter.html", form, 200)

    def show(self, request: HttpRequest, template: str, form: Form, status: int) -> HttpResponse:
        context = {"form": form, "next": wished(request), "purpose": self.purpose, "digits": phone_proof.DIGITS}
        return render(request, template, context, status=status)

    def second_form(self, phone: Phone) -> Form:
        return CodeForm(initial={"phone": phone.shown})

    def take_code(self, request: HttpRequest) -> HttpResponse:
        raise NotImplementedError

    def without_gateway(self, request: HttpRequest) -> HttpResponse:
        raise Http404

    def is_right(self, form: CodeForm) -> User | None:
        """Return whose account the code opens; an unknown number's code is tried just the same."""
        phone = form.cleaned_data["phone"]
        right = phone_proof.check(phone=phone, purpose=self.purpose, code=form.cleaned_data["code"])
        person = person_who_proved(phone) if right else None
        if person and person.is_active:
            return person
        form.add_error("code", _("This code is wrong or over. Please check it, or have a new one sent."))
        return None


class SignInByCodeView(CodeView):
    purpose = "sign-in"

    def take_code(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if form.is_valid() and (person := self.is_right(form)):
            sign_in(request, person)
            return redirect(onward(request))
        return self.ask_for_code(request, form)


class NewPasswordForm(CodeForm):
    """The code and the new password in one: a password that is too easy costs no try of the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whose it will be is not said before the code is right.
        passwords = SetPasswordForm(User(), self.data or None)
        self.passwords = passwords
        self.fields |= passwords.fields
        self.fields["new_password1"].help_text = _("At least 8 characters, and not only digits.")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.passwords.is_valid():
            for name, faults in self.passwords.errors.items():
                # What is empty has been said already.
                if name not in self.errors:
                    self.add_error(name, [str(fault) for fault in faults])
        return data


class ForgottenPasswordView(CodeView):
    """A new password for who holds the number; without a gateway the officers set one."""

    purpose = "new-password"

    def second_form(self, phone: Phone) -> Form:
        return NewPasswordForm(initial={"phone": phone.shown})

    def take_code(self, request: HttpRequest) -> HttpResponse:
        form = NewPasswordForm(request.POST)
        if form.is_valid() and (person := self.is_right(form)):
            # Every session that was open ends by it.
            person.set_password(form.cleaned_data["new_password1"])
            person.save(update_fields=["password"])
            sign_in(request, person)
            notes.success(request, _("Your new password is set, and you are signed in."))
            return go_on_after_new_password(request)
        return self.ask_for_code(request, form)

    def without_gateway(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/ask_officers.html")
