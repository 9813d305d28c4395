"""Screens of the officers with one form: what it will do, the button that does it, and a way back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class MayTellWhyForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=500)


class OneFormView(WagtailAdminTemplateMixin, FormView):
    """Works without scripts. Templates that say more extend this one."""

    template_name = "base/admin/one_form.html"
    explanation: Any = ""
    button: Any = ""

    def back_url(self) -> str:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= {"explanation": self.explanation, "button": self.button, "back_url": self.back_url()}
        context["media"] = context["form"].media
        return context
