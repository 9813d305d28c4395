"""Deleting and unpublishing pages that have plaques on walls: the editor is told, and asked where they shall lead.

Wagtail's own views delete and unpublish; this only stands before them.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.query import PageQuerySet

from wardmark.base.models import BasePage
from wardmark.plaques.leaving import (
    at_or_below,
    going_on_in_another_language,
    losing_their_live_page,
    losing_their_page,
    may_be_led_to,
    with_their_translations,
)
from wardmark.plaques.linking import lead_elsewhere
from wardmark.plaques.models import PlaqueQuerySet
from wardmark.plaques.whereabouts import whereabouts

ABOVE, PAGE = "above", "page"
# Says that our question was on the screen when the button was pressed.
ASKED = "plaques_asked"
SHOWN = 100


class WhereToForm(forms.Form):
    """Where the plaques of pages that are being deleted lead from now on."""

    where_to = forms.ChoiceField(
        label=gettext_lazy("Where shall they lead from now on?"),
        choices=[
            (ABOVE, gettext_lazy("To a page that says the place is gone, with the page above it and its neighbours")),
            (PAGE, gettext_lazy("To another page, which I choose here")),
        ],
        widget=forms.RadioSelect,
        initial=ABOVE,
    )
    page = forms.ModelChoiceField(
        label=gettext_lazy("The other page"),
        required=False,
        queryset=Page.objects.filter(depth__gt=1),
        widget=AdminPageChooser,
    )

    def __init__(self, *args: Any, deleted: PageQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deleted = deleted

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        page = data.get("page")
        if data.get("where_to") != PAGE or "page" in self.errors:
            return data
        if page is None:
            self.add_error("page", _("Please choose the page."))
        elif not issubclass(page.specific_class or Page, BasePage) or not may_be_led_to(page, deleted=self.deleted):
            self.add_error("page", _("Visitors cannot get there: it is not public, or it is being deleted too."))
        return data

    @property
    def target(self) -> Page | None:
        """The page chosen in a valid form; None for the page above."""
        return self.cleaned_data["page"] if self.cleaned_data["where_to"] == PAGE else None


def before_delete_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask, in place of Wagtail's own confirmation, where plaques shall lead; let Wagtail delete once it is answered."""
    return _before_deleting(request, with_their_translations([page], "delete"), [page])


def before_unpublish_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Name the plaques that will lead to no page, once, before Wagtail unpublishes."""
    return _before_unpublishing(request, with_their_translations([page], "unpublish"), [page])


def before_bulk_action(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """The same for pages chosen in a listing."""
    if not issubclass(action.model, Page):
        return None
    if action_type == "delete":
        return _before_deleting(request, list(objects), list(objects))
    if action_type == "unpublish":
        return _before_unpublishing(request, list(objects), list(objects))
    return None


def _before_deleting(request: HttpRequest, going: list[Page], named: list[Page]) -> HttpResponse | None:
    deleted = at_or_below(going)
    plaques, staying = losing_their_page(deleted), going_on_in_another_language(deleted)
    asks_where_to = plaques.exists()
    if not asks_where_to and not staying.exists():
        return None
    total = deleted.count()
    site_name = getattr(settings, "WAGTAIL_SITE_NAME", "wagtail")
    asks_for_site_name = total >= getattr(settings, "WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT", 10)
    answered = request.method == "POST" and ASKED in request.POST
    form: forms.Form = WhereToForm(request.POST if answered else None, deleted=deleted)
    if not asks_where_to:
        # Visitors go on to what is left of the page: there is nothing to choose.
        form = forms.Form(request.POST if answered else None)
    if answered and asks_for_site_name and request.POST.get("confirm_site_name") != site_name:
        # Without the name nothing is deleted, so nothing may be led elsewhere.
        form.add_error(None, _("Please type “%(name)s” to confirm.") % {"name": site_name})
    if answered and form.is_valid():
        if isinstance(form, WhereToForm) and form.target is not None:
            titles = ", ".join(page.get_admin_display_title() for page in named)
            why = _("The page was deleted: %(pages)s") % {"pages": titles}
            lead_elsewhere(plaques=list(plaques), page=form.target, by=request.user, why=why[:500])
        return None
    context = _context(request, named, plaques) | {
        "form": form,
        "asks_where_to": asks_where_to,
        "staying": _rows(staying),
        "staying_count": staying.count(),
        "staying_more": max(0, staying.count() - SHOWN),
        "media": form.media,
        "total_pages": total,
        "wagtail_site_name": site_name,
        "asks_for_site_name": asks_for_site_name,
    }
    return render(request, "plaques/admin/before_deleting.html", context)


def _before_unpublishing(request: HttpRequest, going: list[Page], named: list[Page]) -> HttpResponse | None:
    if ASKED in request.POST:
        return None
    with_all_below = bool(request.POST.get("include_descendants"))
    pages = at_or_below(going) if with_all_below else Page.objects.filter(pk__in=[page.pk for page in going])
    plaques = losing_their_live_page(pages)
    if not plaques.exists():
        return None
    context = _context(request, named, plaques) | {"include_descendants": with_all_below}
    return render(request, "plaques/admin/before_unpublishing.html", context)


def _context(request: HttpRequest, named: list[Page], plaques: PlaqueQuerySet) -> dict[str, Any]:
    return {
        "pages": named,
        "plaques": _rows(plaques),
        "count": plaques.count(),
        "more": max(0, plaques.count() - SHOWN),
        "next": get_valid_next_url_from_request(request),
        "asked": ASKED,
        "submit_url": request.get_full_path(),
    }


def _rows(plaques: PlaqueQuerySet) -> list[tuple[Any, Any]]:
    shown = list(plaques[:SHOWN])
    at = whereabouts(shown)
    return [(plaque, at[plaque.pk]) for plaque in shown]
