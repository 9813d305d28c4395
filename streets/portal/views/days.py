"""When the shop is open: today, in an ordinary week, on days that are otherwise, and beyond its hours."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from streets.changes.errors import ChangeRefused, NotYours
from streets.changes.proposing import propose
from streets.confirmations import Confirmer, confirm
from streets.hours import Special, SpecialDays, put, tet_preset, without, write_special
from streets.hours.state import WARD_ZONE
from streets.hours.tet import NOTE
from streets.hours.words import dates_in_words, spans_in_words
from streets.models import Shop
from streets.models.opening import in_words
from streets.portal.forms.closure import ClosureForm
from streets.portal.forms.hours import SpecialDayForm, TetForm, WeekForm
from streets.portal.guard import Kept
from streets.portal.screens import back_to, show
from streets.portal.views.changing import ChangeView
from wardmark.base.languages import source_language

Change = Callable[[Special], Special]


@require_POST
def close_today(request: HttpRequest, kept: Kept) -> HttpResponse:
    today = timezone.now().astimezone(WARD_ZONE).date()
    return _change_special(request, kept, partial(put, new=SpecialDays(today, today)), to="portal:shop")


@require_POST
def open_today(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Take back what was said of today, so that its ordinary hours count again."""
    today = timezone.now().astimezone(WARD_ZONE).date()
    return _change_special(request, kept, partial(without, first=today, last=today), to="portal:shop")


@require_POST
def still_right(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Say as one of the shop that what its page tells is right today."""
    confirm(shop=kept.shop, as_who=Confirmer.OWNER, now=timezone.now(), by=request.user)
    messages.success(request, _("Thank you. The page says that you confirmed it today."))
    return back_to(reverse("portal:shop", args=[kept.shop.page_key]))


class WeekView(ChangeView):
    form_class = WeekForm
    template_name = "portal/week.html"
    title = gettext_lazy("Opening hours")
    button = gettext_lazy("Save the hours")


class ClosureView(ChangeView):
    form_class = ClosureForm
    title = gettext_lazy("Closed, moved or gone")
    note = gettext_lazy("If you move or close for good, the ward looks at it first, within 2 working days.")
    button = gettext_lazy("Send")


def special_days(request: HttpRequest, kept: Kept) -> HttpResponse:
    """List the days that are otherwise; take one away, add some, or rest for Tết. Each is a form of its own."""
    today = timezone.localdate()
    days_form, tet_form = SpecialDayForm(today=today), TetForm()
    change: Change | None = None
    if request.method == "POST":
        if "remove" in request.POST:
            change = _removal(request.POST["remove"])
        elif "tet" in request.POST:
            tet_form = TetForm(request.POST)
            change = _rest_for_tet(tet_form, today)
        else:
            days_form = SpecialDayForm(request.POST, today=today)
            change = _more_days(days_form)
        if change is not None:
            return _change_special(request, kept, change, to="portal:special_days")
    context = {"form": days_form, "tet_form": tet_form, "rows": _rows(kept.shop), "tet": tet_preset(today)}
    return show(request, kept, "portal/special_days.html", context, status=422 if request.method == "POST" else 200)


def _removal(first: str) -> Change:
    return partial(_without_row, first=first)


def _without_row(special: Special, first: str) -> Special:
    return tuple(row for row in special if row.first.isoformat() != first)


def _rest_for_tet(form: TetForm, today: date) -> Change | None:
    if not form.is_valid():
        return None
    said = form.cleaned_data
    # Words in another language would have to wait for the ward.
    note = {language: words for language, words in NOTE.items() if language == source_language()}
    preset = tet_preset(today, days_before=said["before"], days_after=said["after"], note=note)
    if preset is None:
        form.add_error(None, _("The lunar calendar is not known that far ahead."))
    return preset and partial(put, new=preset)


def _more_days(form: SpecialDayForm) -> Change | None:
    if not form.is_valid():
        return None
    try:
        return partial(put, new=form.days())
    except ValidationError as refused:
        form.add_error("closes", refused)
        return None


def _change_special(request: HttpRequest, kept: Kept, change: Change, *, to: str) -> HttpResponse:
    """Change the special days as they are now: what somebody else said meanwhile stays said."""
    shop = Shop.objects.get(pk=kept.shop.pk)
    now_is, wanted = write_special(shop.special), write_special(change(shop.special))
    address = reverse(to, args=[kept.shop.page_key])
    try:
        outcomes = propose(
            shop=shop,
            by=request.user,
            values={"special_days": wanted},
            seen={"special_days": now_is},
            now=timezone.now(),
        )
    except NotYours:
        raise
    except ChangeRefused as refused:
        messages.error(request, str(refused))
        return back_to(address)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return back_to(address)
    return back_to(address, outcomes)


def _rows(shop: Shop) -> list[dict[str, Any]]:
    """Return the days that are still to come, in words."""
    today = timezone.localdate()
    return [
        {
            "first": row.first.isoformat(),
            "when": dates_in_words(row.first, row.last),
            "hours": spans_in_words(row.spans),
            "note": in_words(row.note, get_language() or "")[0],
        }
        for row in shop.special
        if row.last >= today
    ]
