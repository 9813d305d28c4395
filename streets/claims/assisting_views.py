"""Entering for a vendor, on the officer's tablet: the portal's own forms, whose answers wait for the vendor's word."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages as said
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from streets.changes.errors import ChangeRefused, NotPossible
from streets.changes.proposing import Outcome
from streets.claim_admin.rights import ASSIST
from streets.claims import assisting
from streets.claims.errors import KeepingRefused
from streets.claims.forms import KnownPersonForm
from streets.claims.handed_codes import try_code
from streets.models import AssistedSession, ConfirmedHow, Shop
from streets.portal.guard import Kept
from streets.portal.screens import show
from streets.portal.told import ShopNames, label_of, value_in_words
from streets.portal.views.changing import ChangeView
from streets.portal.views.days import WeekView
from streets.portal.views.goods import OfferView
from streets.portal.views.telling import ContactView, NamesView, WordsView
from streets.shop_rights import may
from wardmark.accounts.messages import NotSent
from wardmark.base.languages import source_language
from wardmark.base.publishing import NotReady
from wardmark.base.robots import noindex

View = Callable[..., HttpResponse]
# What was right when it was entered may be so no longer when it is confirmed.
REFUSALS = (KeepingRefused, ChangeRefused, NotReady, ValidationError)


def words_of(refusal: Exception) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def for_the_officer(view: View) -> View:
    """Hand the view the open session of its address, to the officer who began it and may still do so; else 403."""

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @noindex
    @login_required
    def guarded(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
        shop = get_object_or_404(Shop.objects.with_pages(), page_key=key)
        mine = AssistedSession.objects.open(timezone.now()).filter(shop=shop, made_by=request.user)
        session = mine.select_related("vendor").first()
        if session is None or not may(request.user, shop, ASSIST):
            raise PermissionDenied
        session.shop = shop
        member = shop.members.active().filter(user=session.vendor).first()
        if member is None:
            raise PermissionDenied
        return view(request, Kept(shop, member), session=session, **kwargs)

    return guarded


class _Assisted(ChangeView):
    """What it wishes is kept for the vendor to confirm, not proposed."""

    def setup(self, request: HttpRequest, kept: Kept, *, session: AssistedSession, **kwargs: Any) -> None:
        super().setup(request, kept, **kwargs)
        self.session = session

    def propose(self, wanted: dict[str, Any], seen: dict[str, Any]) -> list[Outcome]:
        if wanted:
            try:
                assisting.keep(session=self.session, values=wanted, seen=seen, now=timezone.now())
            except KeepingRefused as refusal:
                raise NotPossible(str(refusal)) from refusal
            said.success(self.request, _("Entered. It counts once the vendor has confirmed it."))
        return []

    def done(self, outcomes: list[Outcome]) -> HttpResponse:
        return redirect(self.back_url())

    def back_url(self) -> str:
        return reverse("people:assisted", args=[self.kept.shop.page_key])

    def context(self, form: Any) -> dict[str, Any]:
        return super().context(form) | {"assisted": self.session}


class AssistedNames(_Assisted, NamesView): ...


class AssistedContact(_Assisted, ContactView): ...


class AssistedOffer(_Assisted, OfferView): ...


class AssistedWeek(_Assisted, WeekView): ...


class AssistedWords(_Assisted, WordsView):
    def setup(self, request: HttpRequest, kept: Kept, **kwargs: Any) -> None:
        super().setup(request, kept, language=source_language(), **kwargs)


# In the order in which an officer asks at a stall.
FORMS: dict[str, type[ChangeView]] = {
    "names": AssistedNames,
    "hours": AssistedWeek,
    "offer": AssistedOffer,
    "contact": AssistedContact,
    "words": AssistedWords,
}


def assisted_form(request: HttpRequest, kept: Kept, *, session: AssistedSession, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    return FORMS[form].as_view()(request, kept=kept, session=session)


@sensitive_post_parameters("code")
def assisted(request: HttpRequest, kept: Kept, *, session: AssistedSession) -> HttpResponse:
    """Show what was entered; take the code that the vendor got by message."""
    form = KnownPersonForm(request.POST if request.method == "POST" else None)
    form.fields["code"].label = _("Code that the vendor got by message")
    if form.is_valid():
        now = timezone.now()
        try:
            right = try_code(AssistedSession, serial=session.serial, typed=form.cleaned_data["code"], now=now)
            assisting.confirm(session=right, how=ConfirmedHow.CODE, now=now)
        except REFUSALS as refusal:
            form.add_error("code", words_of(refusal))
        else:
            said.success(request, _("Confirmed. It goes the way of all of the shop’s changes now."))
            return redirect("claim_admin:shop", kept.shop.pk)
    context = {
        "session": session,
        "form": form,
        "entered": entered(kept.shop, session),
        "forms": [(name, view.title) for name, view in FORMS.items() if name != "words"]
        + [("words", _("Description"))],
    }
    return show(request, kept, "claims/assisted.html", context, status=422 if form.errors else 200)


@require_POST
def assisted_send(request: HttpRequest, kept: Kept, *, session: AssistedSession) -> HttpResponse:
    try:
        assisting.send_code(session=session, now=timezone.now())
        said.success(request, _("The vendor gets a code by message. Please type it below."))
    except KeepingRefused as refusal:
        said.error(request, str(refusal))
    except NotSent:
        said.error(request, _("The message could not be sent just now. Please try again in a minute."))
    return redirect("people:assisted", kept.shop.page_key)


@require_POST
def assisted_drop(request: HttpRequest, kept: Kept, *, session: AssistedSession) -> HttpResponse:
    try:
        assisting.drop(session=session, by=request.user, now=timezone.now())
        said.success(request, _("Dropped. Nothing was changed."))
    except KeepingRefused as refusal:
        said.error(request, str(refusal))
    return redirect("claim_admin:shop", kept.shop.pk)


def entered(shop: Shop, session: AssistedSession) -> list[tuple[str, str]]:
    """Return what was entered, field by field, in the reader's words."""
    values, names = session.wishes.get("values", {}), ShopNames(shop)
    return [
        (label_of(name, names=names, values=(value,)), value_in_words(name, value, names=names))
        for name, value in values.items()
    ]


# ---- the vendor's side --------------------------------------------------------------------------------------


def entered_for_me(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Show the vendor what an officer entered in his name; confirm it or drop it."""
    session = assisting.waits_for(request.user, kept.shop, now=timezone.now())
    if session is None:
        return show(request, kept, "claims/entered.html", {"session": None})
    if request.method == "POST":
        now = timezone.now()
        try:
            if "drop" in request.POST:
                assisting.drop(session=session, by=request.user, now=now)
                said.success(request, _("Dropped. Nothing was changed."))
            else:
                # As the page showed it, not as it has become since.
                session.mark = request.POST.get("shown", "")
                assisting.confirm(session=session, how=ConfirmedHow.SIGNED_IN, now=now)
                said.success(request, _("Confirmed."))
            return redirect("portal:history", kept.shop.page_key)
        except REFUSALS as refusal:
            said.error(request, words_of(refusal))
            return redirect("people:entered", kept.shop.page_key)
    return show(request, kept, "claims/entered.html", {"session": session, "entered": entered(kept.shop, session)})
