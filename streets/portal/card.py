"""The morning look at the own counter card: scan it, and say with one tap that it is good.

A scan reaches this by the telephone's own camera, where that opens the browser in which the vendor is signed in; else
by a photo of the card, or by the code typed from it. All three are the same to the rule: the card was looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.forms import PictureField
from media.uploads import upright_on_white
from streets.card_checks import CardCheckRefused, card_checked, record_card_check, shop_of_card
from streets.models import CardFinding, Shop
from streets.placard_check import MOST_CODES, Checked, Verdict, check_text, texts_in
from streets.portal.guard import Kept
from streets.portal.screens import show
from wardmark.plaques.codes import InvalidCode
from wardmark.plaques.models import Plaque

# So long after a scan the card may be said to be good; later, one has to look again.
SCAN_COUNTS_FOR = timedelta(minutes=30)
_SCANNED = "scanned_card"


class CardForm(forms.Form):
    photo = PictureField(label=gettext_lazy("Photo of the card"), required=False)
    code = forms.CharField(
        label=gettext_lazy("Or the code on the card"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=gettext_lazy("The letters and numbers below the code, or the serial number on the payment card."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].widget.attrs |= {"accept": "image/*", "capture": "environment", "class": "input"}
        self.fields["photo"].help_text = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("photo") and not data.get("code", "").strip():
            raise forms.ValidationError(_("Please take a photo of the card, or type its code."))
        return data


@dataclass(frozen=True, slots=True)
class Looked:
    """What a card turned out to be: a plaque of the ward, one of this very shop, and what else was read from it."""

    plaque: Plaque | None = None
    is_own: bool = False
    payment: Checked | None = None
    is_foreign: bool = False

    @property
    def other_name(self) -> str:
        """Whose plaque it is, where it is another place's."""
        return (self.plaque.remembered_name() or self.plaque.printed_code) if self.plaque and not self.is_own else ""


def answer_to_member(request: HttpRequest, plaque: Plaque) -> HttpResponse | None:
    """Lead a member who scans the own shop's card to the check of it; `settings.OWN_SCANS` names this function."""
    shop = shop_of_card(request.user, plaque)
    if shop is None or plaque.is_retired:
        return None
    _note_scan(request, plaque)
    return HttpResponseRedirect(reverse("portal:card_found", args=[shop.page_key, plaque.code]))


def card(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Say how to check the card, and read the one that was photographed or typed."""
    form = CardForm(request.POST, request.FILES) if request.method == "POST" else CardForm()
    looked = None
    if form.is_bound and form.is_valid():
        looked = _look(kept.shop, form)
        if looked.is_own and looked.plaque:
            _note_scan(request, looked.plaque)
            return HttpResponseRedirect(reverse("portal:card_found", args=[kept.shop.page_key, looked.plaque.code]))
    context = {
        "form": form,
        "looked": looked,
        "plaques": _plaques_of(kept.shop),
        "checked": card_checked(kept.shop, now=timezone.now()),
    }
    return show(request, kept, "portal/card.html", context, status=422 if form.errors else 200)


def card_found(request: HttpRequest, kept: Kept, code: str) -> HttpResponse:
    """Show the shop's card that was scanned, and take down how it is."""
    try:
        # What cannot be a code, PostgreSQL must not be asked about: it takes no text with a zero in it.
        plaque = _plaques_of(kept.shop).with_code(code)
    except InvalidCode:
        plaque = None
    if plaque is None:
        raise Http404
    was_scanned = _was_scanned(request, plaque)
    context = {
        "plaque": plaque,
        "was_scanned": was_scanned,
        "checked": card_checked(kept.shop, now=timezone.now()),
        "page": kept.shop.open_page,
    }
    if request.method != "POST":
        return show(request, kept, "portal/card_found.html", context)
    finding = request.POST.get("finding", "")
    if finding not in CardFinding.values or (finding == CardFinding.GOOD and not was_scanned):
        # A form that lay open since yesterday must not say anything of this morning.
        refusal = _("Please scan the card once more, then say how it is.")
        return show(request, kept, "portal/card_found.html", context | {"refusal": refusal}, status=422)
    try:
        record_card_check(
            shop=kept.shop, plaque=plaque, finding=CardFinding(finding), by=request.user, now=timezone.now()
        )
    except CardCheckRefused as refused:
        return show(request, kept, "portal/card_found.html", context | {"refusal": str(refused)}, status=422)
    if finding == CardFinding.GOOD:
        messages.success(request, _("Thank you. Your page says that you checked the code today."))
    else:
        messages.success(request, _("Thank you. The ward knows now and will see to the card."))
    return HttpResponseRedirect(reverse("portal:card", args=[kept.shop.page_key]))


def _plaques_of(shop: Shop) -> Any:
    return Plaque.objects.filter(page_key=shop.page_key, retired_on=None).order_by("-is_primary", "pk")


def _note_scan(request: HttpRequest, plaque: Plaque) -> None:
    request.session[_SCANNED] = {"code": plaque.code, "at": timezone.now().isoformat()}


def _was_scanned(request: HttpRequest, plaque: Plaque) -> bool:
    scan = request.session.get(_SCANNED) or {}
    if scan.get("code") != plaque.code:
        return False
    return timezone.now() - datetime.fromisoformat(scan["at"]) < SCAN_COUNTS_FOR


def _look(shop: Shop, form: CardForm) -> Looked:
    """Return what the card is: the shop's own code where there is one, else the first that says anything."""
    found = [_what_is(shop, text) for text in _texts(form)]
    return next((one for one in found if one.is_own), None) or next(iter(found), Looked())


def _texts(form: CardForm) -> Iterator[str]:
    if typed := form.cleaned_data["code"].strip():
        yield typed
    if photo := form.cleaned_data["photo"]:
        opened = upright_on_white(photo)
        yield from texts_in(opened)[:MOST_CODES] if opened else ()


def _what_is(shop: Shop, text: str) -> Looked:
    link = f"{settings.PLAQUE_BASE_URL}/q/"
    try:
        plaque = Plaque.objects.with_code("".join(text.split()).removeprefix(link).rstrip("/"))
    except InvalidCode:
        plaque = None
    if plaque is not None:
        return Looked(plaque, is_own=plaque.page_key == shop.page_key and not plaque.is_retired)
    checked = check_text(text, shop=shop)
    is_payment = checked.verdict not in {Verdict.NOT_VIETQR, Verdict.NO_CODE, Verdict.PLAQUE}
    return Looked(payment=checked) if is_payment else Looked(is_foreign=True)
