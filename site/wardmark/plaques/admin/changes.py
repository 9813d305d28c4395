"""Doing something to one plaque: a form on a page of its own, which works without scripts and says what follows."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.forms import CharField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from wardmark.base.models import BasePage
from wardmark.plaques.admin.access import MaySeePlaques
from wardmark.plaques.admin.change_forms import CHANGES, ChangeForm
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.linking import issue_further
from wardmark.plaques.models import Plaque
from wardmark.plaques.rights import ADD, CHANGE, may, may_edit_page

__all__ = ["CHANGES", "ChangeView", "IssueFurtherView", "OneForm"]


class OneForm(MaySeePlaques, WagtailAdminTemplateMixin, FormView):
    """A screen with one form, what it will do, and a way back."""

    template_name = "plaques/admin/one_form.html"
    header_icon = "qr"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("plaque:index"), "label": _("Plaques")},
            *self.crumbs(),
            {"url": "", "label": str(self.get_page_title())},
        ]

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        context |= {"explanation": self.explanation(form), "button": self.button(form), "back_url": self.back_url()}
        context["media"] = form.media
        return context

    def explanation(self, form: Form) -> str:
        raise NotImplementedError

    def button(self, form: Form) -> str:
        raise NotImplementedError

    def back_url(self) -> str:
        raise NotImplementedError


class ChangeView(OneForm):
    """One of CHANGES for one plaque; refused for a plaque whose page this person may not edit."""

    form_class = ChangeForm
    right = CHANGE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.plaque = get_object_or_404(Plaque, pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, self.plaque):
            raise PermissionDenied
        if not self.form_class.is_offered(self.plaque):
            messages.warning(
                request,
                _("Plaque %(code)s is “%(state)s” by now: this cannot be done to it.")
                % {"code": self.plaque.printed_code, "state": self.plaque.get_state_display()},
            )
            return redirect(self.back_url())
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"plaque": self.plaque, "user": self.request.user}

    def form_valid(self, form: ChangeForm) -> HttpResponse:
        if not form.save():
            return self.form_invalid(form)
        messages.success(self.request, form.done)
        return redirect(self.back_url())

    def get_page_title(self) -> str:
        return self.form_class.label_for(self.plaque)

    def get_page_subtitle(self) -> str:
        return self.plaque.printed_code

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.back_url(), "label": self.plaque.printed_code}]

    def explanation(self, form: ChangeForm) -> str:
        return form.explanation

    def button(self, form: ChangeForm) -> str:
        return form.button

    def back_url(self) -> str:
        return reverse("plaque:edit", args=[self.plaque.pk])


class FurtherForm(Form):
    label = CharField(
        label=gettext_lazy("Place"),
        max_length=80,
        help_text=gettext_lazy("Where it hangs, for example “main gate” or “stele no. 2”."),
    )


class IssueFurtherView(OneForm):
    """A further plaque for a page: another gate, another stele, each with a code of its own."""

    form_class = FurtherForm
    right = ADD

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=kwargs["page_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not issubclass(self.page.specific_class or Page, BasePage) or not may_edit_page(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: FurtherForm) -> HttpResponse:
        user: AbstractBaseUser = self.request.user
        try:
            plaque = issue_further(page=self.page, by=user, label=form.cleaned_data["label"])
        except NotPossible as refusal:
            form.add_error("label", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Plaque %(code)s was made.") % {"code": plaque.printed_code})
        return redirect("plaque:edit", plaque.pk)

    def get_page_title(self) -> str:
        return _("Further plaque")

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def explanation(self, form: FurtherForm) -> str:
        return _("It leads to the same page, with a code of its own, so that scans and damage are told apart.")

    def button(self, form: FurtherForm) -> str:
        return _("Make the plaque")

    def back_url(self) -> str:
        return reverse("plaques_admin:show", args=[self.page.pk])
