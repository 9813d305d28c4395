"""Entering for a vendor, on the officer's tablet: the portal's own forms, whose answers wait for the vendor's word."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages as said
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from streets.changes.applying import read
from streets.changes.errors import ChangeRefused, NotPossible
from streets.changes.proposing import Outcome
from streets.claim_admin.rights import ASSIST
from streets.claims import assisting
from streets.claims.errors import KeepingRefused
from streets.claims.forms import KnownPersonForm
from streets.claims.handed_codes import try_code
from streets.models import AssistedSession, ConfirmedHow, Product, Shop
from streets.portal.conflicts import is_mine
from streets.portal.guard import Kept
from streets.portal.menu import texts_of
from streets.portal.photos import FIELD as PHOTOS
from streets.portal.photos import Photo, PhotosView, upload
from streets.portal.screens import show
from streets.portal.told import ShopNames, label_of, value_in_lines
from streets.portal.views.changing import ChangeView
from streets.portal.views.days import ClosureView, WeekView
from streets.portal.views.goods import GoodsView, NewProductView, OfferView, PricesView, ProductView
from streets.portal.views.telling import ContactView, NamesView, PlaceView, WordsView
from streets.shop_rights import may
from wardmark.accounts.messages import NotSent
from wardmark.base.publishing import NotReady
from wardmark.base.robots import noindex

View = Callable[..., HttpResponse]
# What was right when it was entered may be so no longer when it is confirmed.
REFUSALS = (KeepingRefused, ChangeRefused, NotReady, ValidationError)


def words_of(refusal: Exception) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def for_the_officer(view: View) -> View:
    """Hand the view the open session of its address, to the officer who began it and may still do so; else 403.

    Of a session that is over, the officer reads so.
    """

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @noindex
    @login_required
    def guarded(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
        shop = get_object_or_404(Shop.objects.with_pages(), page_key=key)
        # The newest first: whoever begins anew drops the one before.
        session = AssistedSession.objects.filter(shop=shop, made_by=request.user).select_related("vendor").first()
        if session is None or not may(request.user, shop, ASSIST):
            raise PermissionDenied
        session.shop = shop
        if not session.is_open(timezone.now()):
            return render(request, "claims/assisted_over.html", {"session": session}, status=403)
        member = shop.members.active().filter(user=session.vendor).first()
        if member is None:
            raise PermissionDenied
        return view(request, Kept(shop, member, is_assisted=True), session=session, **kwargs)

    return guarded


def put_down(request: HttpRequest, session: AssistedSession, wanted: dict[str, Any], seen: dict[str, Any]) -> None:
    """Keep what a form wishes for the vendor to confirm, and say so. Raises NotPossible, and what `propose` raises."""
    try:
        assisting.keep(session=session, values=wanted, seen=seen, now=timezone.now())
    except KeepingRefused as refusal:
        raise NotPossible(str(refusal)) from refusal
    if wanted:
        said.success(request, _("Entered. It counts once the vendor has confirmed it."))


class _Assisted(ChangeView):
    """What it wishes is kept for the vendor to confirm, not proposed."""

    def setup(self, request: HttpRequest, kept: Kept, *, session: AssistedSession, **kwargs: Any) -> None:
        super().setup(request, kept, **kwargs)
        self.session = session

    def form_options(self) -> dict[str, Any]:
        return super().form_options() | {"entered": assisting.entered_in(self.session)}

    def propose(self, wanted: dict[str, Any], seen: dict[str, Any]) -> list[Outcome]:
        entered = assisting.entered_in(self.session).values
        # A conflict may be about what was entered on another form: it stays, where one's own was chosen.
        stays = {
            name: entered[name]
            for name in seen
            if name in entered and name not in wanted and is_mine(self.request.POST, name)
        }
        put_down(self.request, self.session, stays | wanted, seen)
        return []

    def done(self, outcomes: list[Outcome]) -> HttpResponse:
        return redirect(self.back_url())

    def back_url(self) -> str:
        return _address(self.kept)


class AssistedNames(_Assisted, NamesView): ...


class AssistedContact(_Assisted, ContactView): ...


class AssistedOffer(_Assisted, OfferView): ...


class AssistedWeek(_Assisted, WeekView): ...


class AssistedPlace(_Assisted, PlaceView): ...


class AssistedClosure(_Assisted, ClosureView): ...


class AssistedWords(_Assisted, WordsView): ...


class _AssistedGoods(_Assisted, GoodsView):
    def address_of(self, screen: str, *args: Any) -> str:
        return _address(self.kept, screen, *args)

    def back_url(self) -> str:
        return self.address_of("products")


class AssistedPrices(_AssistedGoods, PricesView):
    def back_url(self) -> str:
        return _address(self.kept)


class AssistedProduct(_AssistedGoods, ProductView): ...


class AssistedNewProduct(_AssistedGoods, NewProductView): ...


@require_POST
def assisted_product_remove(request: HttpRequest, kept: Kept, *, session: AssistedSession, pk: int) -> HttpResponse:
    name = f"product.{get_object_or_404(Product, shop=kept.shop, pk=pk).pk}"
    try:
        put_down(request, session, {name: None}, read(kept.shop, [name]))
    except REFUSALS as refusal:
        said.error(request, words_of(refusal))
    return redirect(_address(kept))


class AssistedPhotos(PhotosView):
    def setup(self, request: HttpRequest, kept: Kept, *, session: AssistedSession, **kwargs: Any) -> None:
        super().setup(request, kept, **kwargs)
        self.session = session
        self.entered = assisting.entered_in(session)

    def address_of(self, screen: str) -> str:
        return _address(self.kept, screen)

    def wished(self) -> list[Photo]:
        return self.entered.values[PHOTOS] if PHOTOS in self.entered.values else super().wished()

    def compared_with(self) -> list[Photo]:
        return self.entered.seen[PHOTOS] if PHOTOS in self.entered.values else super().compared_with()

    def propose(self, wanted: list[Photo], seen: Any) -> list[Outcome]:
        put_down(self.request, self.session, {PHOTOS: wanted} if wanted != seen else {}, {PHOTOS: seen})
        return []

    def done(self, outcomes: list[Outcome]) -> HttpResponse:
        return redirect(_address(self.kept))


def assisted_upload(request: HttpRequest, kept: Kept, *, session: AssistedSession) -> HttpResponse:
    return upload(request, kept, list_url=_address(kept, "photos"))


# In the order in which an officer asks at a stall.
FORMS: dict[str, Any] = {
    "names": AssistedNames.title,
    "hours": AssistedWeek.title,
    "closure": AssistedClosure.title,
    "products": AssistedPrices.title,
    "offer": AssistedOffer.title,
    "place": AssistedPlace.title,
    "contact": AssistedContact.title,
    "photos": gettext_lazy("Photos"),
}


def _address(kept: Kept, screen: str = "", *args: Any) -> str:
    name = f"people:assisted_{screen}" if screen else "people:assisted"
    return reverse(name, args=[kept.shop.page_key, *args])


def menu_of(kept: Kept) -> list[tuple[str, Any]]:
    """Return the address and the name of each form, the texts in each language last."""
    forms = [(_address(kept, screen), label) for screen, label in FORMS.items()]
    return forms + [(_address(kept, "words", language), label) for language, label in texts_of(kept)]


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
        "forms": menu_of(kept),
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


@require_POST
def assisted_strike(request: HttpRequest, kept: Kept, *, session: AssistedSession) -> HttpResponse:
    """Take back one thing that was entered."""
    try:
        assisting.strike_out(session=session, name=request.POST.get("name", ""), now=timezone.now())
    except KeepingRefused as refusal:
        said.error(request, str(refusal))
    return redirect(_address(kept))


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was entered, in the reader's words."""

    name: str
    label: str
    lines: list[str]


def entered(shop: Shop, session: AssistedSession) -> list[Row]:
    """Return what was entered, field by field."""
    names = ShopNames(shop)
    return [_row(name, value, names) for name, value in assisting.entered_in(session).values.items()]


def _row(name: str, value: Any, names: ShopNames) -> Row:
    field = assisting.field_of(name)
    label = label_of(field, names=names, values=(value,))
    is_taken_off = value is None and field.startswith("product.") and field.count(".") == 1
    lines = [_("is taken off the list")] if is_taken_off else value_in_lines(field, value, names=names)
    return Row(name, label, lines)


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
