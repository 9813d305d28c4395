"""Coming in and going out."""

from typing import Any

from django.contrib.auth import views
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from wardmark.accounts import messages, passkeys
from wardmark.accounts.forms import SignInForm


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SignInView(views.LoginView):
    """Sign in by number or name and password; leads on to a passkey or a code by message."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "sends_messages": messages.is_configured(),
            "passkeys_are_possible": passkeys.are_possible(self.request),
        }

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        answer = super().form_invalid(form)
        if form.has_error("__all__", "locked"):
            answer.status_code = 429
        return answer
