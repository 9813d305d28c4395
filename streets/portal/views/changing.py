"""A screen with one form that wishes changes: filled in, judged, made public or left to wait, or in conflict."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from streets.changes.errors import ChangedMeanwhile, ChangeRefused, NotYours
from streets.changes.proposing import Outcome, propose
from streets.portal.conflicts import conflict, is_theirs, kept_fields
from streets.portal.effects import effects_of
from streets.portal.forms.changing import ChangeForm, sealed
from streets.portal.guard import Kept
from streets.portal.screens import back_to, show
from wardmark.base.publishing import NotReady


class ChangeView(View):
    """`form_class` on `template_name`; subclasses say what they are called and where they lead back to."""

    form_class: ClassVar[type[ChangeForm]]
    template_name = "portal/change.html"
    title: Any = ""
    # What the class of a form's fields does not say.
    note: Any = ""
    button: Any = ""

    def setup(self, request: HttpRequest, kept: Kept, **kwargs: Any) -> None:
        super().setup(request, **kwargs)
        self.kept = kept

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show_form(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show_form(form, status=422)
        wanted = {name: value for name, value in form.wanted().items() if not is_theirs(request.POST, name)}
        try:
            outcomes = self.propose(wanted, form.cleaned_data["seen"])
        except ChangedMeanwhile as meanwhile:
            return self.show_conflict(form, meanwhile)
        except ValidationError as refused:
            form.complain(refused)
            return self.show_form(form, status=422)
        except NotYours:
            raise
        except (ChangeRefused, NotReady) as refused:
            form.add_error(None, str(refused))
            return self.show_form(form, status=409)
        return self.done(outcomes)

    def form(self, data: Any = None) -> ChangeForm:
        return self.form_class(data, shop=self.kept.shop, **self.form_options())

    def form_options(self) -> dict[str, Any]:
        return {}

    def propose(self, wanted: dict[str, Any], seen: dict[str, Any]) -> list[Outcome]:
        if not wanted:
            return []
        return propose(shop=self.kept.shop, by=self.request.user, values=wanted, seen=seen, now=timezone.now())

    def done(self, outcomes: list[Outcome]) -> HttpResponse:
        if all(outcome.request is None for outcome in outcomes):
            messages.info(self.request, _("Nothing was different, so nothing was changed."))
        return back_to(self.back_url(), outcomes)

    def back_url(self) -> str:
        return reverse("portal:shop", args=[self.kept.shop.page_key])

    def show_form(self, form: ChangeForm, *, status: int = 200) -> HttpResponse:
        if form.is_bound and form.has_stale_seal:
            # With it the next try goes through; what was typed stays.
            form.data = form.data.copy()
            form.data["seen"] = sealed(form.saw)
        return show(self.request, self.kept, self.template_name, self.context(form), status=status)

    def context(self, form: ChangeForm) -> dict[str, Any]:
        effects = effects_of(form.wishes(), shop=self.kept.shop, member=self.kept.member, now=timezone.now())
        carried = form.fields_carried()
        return {
            "form": form,
            "effects": effects,
            "title": self.title,
            "note": "" if effects.all_wait else self.note,
            "button": self.button or _("Send"),
            "rows": [
                {"field": field, "effect": effects.short(carried.get(field.name, ""))}
                for field in form.visible_fields()
            ],
        }

    def show_conflict(self, form: ChangeForm, meanwhile: ChangedMeanwhile) -> HttpResponse:
        """Show before, theirs and one's own side by side; what was typed comes back with the choice."""
        seen = form.cleaned_data["seen"] | {name: now_is for name, (_was, now_is, _own) in meanwhile.conflicts.items()}
        context = {
            "title": self.title,
            "conflicts": [conflict(self.kept, name, *values) for name, values in meanwhile.conflicts.items()],
            "fields": kept_fields(self.request.POST),
            "seen": sealed(seen),
        }
        return show(self.request, self.kept, "portal/conflict.html", context, status=409)
