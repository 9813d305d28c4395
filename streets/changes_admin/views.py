"""The officers' screens: what waits by the clock, what is to be looked over, one change, what a shop has changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signing import JSONSerializer
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, ListView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from media.models import Picture
from streets.changes import wording
from streets.changes.applying import now_is
from streets.changes.claim_words import known_claims, new_claims
from streets.changes.classes import Asked, asked
from streets.changes.clock import due_at
from streets.changes.deciding import approve, look_over, may_decide, reject
from streets.changes.departing import is_still_a_member
from streets.changes.errors import NotPossible
from streets.changes.routing import Why
from streets.changes.wording import Line, Names, NamesOfChanges, compared, in_lines
from streets.changes.workflow import DECIDE
from streets.changes_admin.forms import DecisionForm
from streets.models import ChangeRequest, ChangeState, Shop
from streets.models.shops import ShopQuerySet
from streets.shop_rights import open_to
from wardmark.base.languages import content_languages
from wardmark.base.working_time import ward_calendar

PER_PAGE = 30
# In letters, of what a message says that stands on a page.
LONGEST_SAID = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A change as a list shows it."""

    change: ChangeRequest
    label: str
    language: str
    lines: list[Line]
    why: str
    due: datetime | None
    is_late: bool
    may_decide: bool


def label_of(change: ChangeRequest, one: Asked | None, names: Names) -> str:
    return wording.label_of(one, change.before, change.after, names=names) if one else change.field


class MayDecide:
    """For views: only those who decide on some shop get in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("changes_admin:index"), "label": _("Changes by shops")},
            {"url": "", "label": str(self.get_page_title()), "sublabel": self.get_page_subtitle()},
        ]


class ChangesView(MayDecide, WagtailAdminTemplateMixin, ListView):
    """A list of changes with what they change, of shops on which this officer decides."""

    template_name = "streets/changes_admin/list.html"
    header_icon = "edit"
    paginate_by = PER_PAGE
    paginator_class = WagtailPaginator
    page_kwarg = "p"
    nothing = gettext_lazy("Nothing is here.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": self.rows(list(context["object_list"])),
            "nothing": self.nothing,
            "here": self.request.path,
            "elided_page_range": context["paginator"].get_elided_page_range(context["page_obj"].number),
        }

    def rows(self, changes: list[ChangeRequest]) -> list[Row]:
        names, calendar = NamesOfChanges(changes), ward_calendar()
        languages, now = dict(content_languages()), timezone.now()
        rows = []
        for change in changes:
            one = asked(change.field, change.language or None)
            due = due_at(change.made_at, calendar) if change.is_waiting else None
            rows.append(
                Row(
                    change,
                    label_of(change, one, names),
                    languages.get(change.language, ""),
                    compared(one, change.before, change.after, names) if one else [],
                    str(Why(change.why_waiting).label) if change.why_waiting in Why.values else "",
                    due,
                    due is not None and due < now,
                    may_decide(self.request.user, change.shop),
                )
            )
        return rows


def _with_shops(changes: QuerySet[ChangeRequest]) -> QuerySet[ChangeRequest]:
    return changes.select_related("shop", "made_by", "decided_by", "looked_over_by").prefetch_related("shop__pages")


class WaitingView(ChangesView):
    page_title = gettext_lazy("Changes that wait")
    nothing = gettext_lazy("Nothing waits.")

    def get_queryset(self) -> QuerySet[ChangeRequest]:
        return _with_shops(ChangeRequest.objects.waiting().filter(shop__in=open_to(self.request.user, DECIDE)))


class LookOverView(ChangesView):
    page_title = gettext_lazy("Changes to look over")
    nothing = gettext_lazy("There is nothing to look over.")

    def get_queryset(self) -> QuerySet[ChangeRequest]:
        return _with_shops(ChangeRequest.objects.to_look_over().filter(shop__in=open_to(self.request.user, DECIDE)))


@method_decorator(never_cache, name="dispatch")
class HistoryView(ChangesView):
    """All that the people of one shop changed or wished to."""

    page_title = gettext_lazy("What the shop has changed")

    def get_page_subtitle(self) -> str:
        return str(self.shop)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        shops: ShopQuerySet = Shop.objects.all()
        self.shop = get_object_or_404(shops.with_pages(), pk=kwargs["pk"])
        if not may_decide(request.user, self.shop):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[ChangeRequest]:
        return _with_shops(ChangeRequest.objects.history_of(self.shop))


@method_decorator(never_cache, name="dispatch")
class DecideView(MayDecide, WagtailAdminTemplateMixin, FormView):
    """One change beside what is public now; three buttons at most."""

    template_name = "streets/changes_admin/decide.html"
    page_title = gettext_lazy("A change by a shop")
    header_icon = "edit"
    form_class = DecisionForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        found = _with_shops(ChangeRequest.objects.select_related("page", "revision"))
        self.change = get_object_or_404(found, pk=kwargs["pk"])
        if not may_decide(request.user, self.change.shop):
            raise PermissionDenied
        one = asked(self.change.field, self.change.language or None)
        if one is None:
            raise Http404
        self.one = one
        self.now_is = now_is(self.change.shop, one)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.change.shop)

    def get_initial(self) -> dict[str, Any]:
        return {"seen": _mark(self.now_is)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        change, names = self.change, NamesOfChanges([self.change])
        start = self.now_is if change.is_waiting else change.before
        return super().get_context_data(**kwargs) | {
            "change": change,
            "label": label_of(change, self.one, names),
            "language": dict(content_languages()).get(change.language, ""),
            "lines": compared(self.one, start, change.after, names),
            "why": str(Why(change.why_waiting).label) if change.why_waiting in Why.values else "",
            "claims": new_claims(start, change.after, known_claims()),
            "due": due_at(change.made_at) if change.is_waiting else None,
            "pictures": self._pictures(),
            "has_moved_on": not change.is_waiting and self.now_is != change.after,
            "has_departed": change.is_waiting and not is_still_a_member(change),
            "changed_since": change.is_waiting and change.before != self.now_is,
            "is_to_look_over": self._is_to_look_over,
            "compare": self._compare_url(),
        }

    @property
    def _is_to_look_over(self) -> bool:
        change = self.change
        return change.state == ChangeState.LIVE and change.is_drawn and change.looked_over_at is None

    def _pictures(self) -> list[Picture]:
        if self.one.field.name != "photos":
            return []
        found = Picture.objects.prefetch_renditions("max-320x320").in_bulk(
            [row["picture"] for row in self.change.after]
        )
        return [found[row["picture"]] for row in self.change.after if row["picture"] in found]

    def _compare_url(self) -> str:
        change = self.change
        if not change.is_waiting or not change.revision_id or not change.page_id:
            return ""
        return reverse("wagtailadmin_pages:revisions_compare", args=[change.page_id, "live", change.revision_id])

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        reason, user = form.cleaned_data["reason"], self.request.user
        try:
            if "accept" in self.request.POST:
                self._accept(form.cleaned_data["seen"])
            elif self.change.is_waiting:
                reject(change=self.change, by=user, reason=reason)
            else:
                look_over(change=self.change, by=user, ok=False, reason=reason)
        except NotPossible as refused:
            self.change.refresh_from_db()
            form.add_error("reason" if "accept" not in self.request.POST and not reason.strip() else None, str(refused))
            form.data = form.data.copy()
            form.data["seen"] = _mark(self.now_is)
            return self.form_invalid(form)
        self._tell()
        return redirect("changes_admin:look_over" if self.change.looked_over_at else "changes_admin:index")

    def _tell(self) -> None:
        said = {"shop": self.change.shop}
        if self.change.state != ChangeState.REJECTED:
            messages.success(self.request, _("Accepted: it is public on the page of “%(shop)s”.") % said)
            return
        messages.success(self.request, _("Not accepted. The people of “%(shop)s” read why.") % said)
        if stands := self._what_stands_since():
            words = _("This was changed again since, so nothing was taken back. It still stands on the page: %(words)s")
            messages.warning(self.request, words % {"words": stands})

    def _what_stands_since(self) -> str:
        """Return what a look-over could not take back, in words; nothing where it could."""
        was_public = self.change.looked_over_at is not None
        if not was_public or self.now_is == self.change.after:
            return ""
        lines = in_lines(self.one, now_is(self.change.shop, self.one))
        return Truncator(", ".join(lines)).chars(LONGEST_SAID)

    def _accept(self, seen: str) -> None:
        if not self.change.is_waiting:
            look_over(change=self.change, by=self.request.user, ok=True)
        elif constant_time_compare(seen, _mark(self.now_is)):
            approve(change=self.change, by=self.request.user, seen=self.now_is)
        else:
            raise NotPossible(_("What is public has changed since you opened this. Please look again."))


def _mark(value: Any) -> str:
    """Return a short mark of a value, to tell whether it is still the same."""
    return salted_hmac("streets.changes_admin", JSONSerializer().dumps(value)).hexdigest()[:20]
