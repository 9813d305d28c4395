"""What visitors do with a shop's account: compare the name, save or copy the code, check a code on a counter.

None of it asks for a CSRF token, for the pages it is sent from are kept for everybody: docs/decisions/0013 and 0027.
"""

import logging
from typing import Any

from django import forms
from django.core.cache import cache
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import condition, require_http_methods, require_safe

from media.forms import PictureField
from media.uploads import upright_on_white
from streets.models import NameVerdict, PaymentAccount, Shop
from streets.name_reports import say_name
from streets.payment_code import CardWords, CodeUnavailable, picture, picture_key
from streets.payments import settle
from streets.placard_check import Checked, Verdict, check_picture, check_text
from wardmark.base.passers_by import Visitor
from wardmark.base.robots import noindex
from wardmark.base.sealing import CannotBeOpened
from wardmark.base.slugs import ascii_slug
from wardmark.base.unseen_field import was_filled_in
from wardmark.plaques.artwork import ArtworkRefused
from wardmark.plaques.tapping import is_from_our_own_page

logger = logging.getLogger("streets.payments")

# Photographs are read so often a minute in each process; a text costs nothing.
MOST_PHOTOS_PER_MINUTE = 30
# No payment code is longer; a whole number card or novel need not be looked at.
LONGEST_TEXT = 1000


def _active(serial: str) -> PaymentAccount | None:
    """Return the account of this serial while its shop's page shows it; 404 for a serial of nobody."""
    found = PaymentAccount.objects.select_related("shop", "bank")
    settle(get_object_or_404(found, serial=serial).shop)
    account = found.get(serial=serial)
    is_shown = account.shop.active_account_id == account.pk and not account.shop.has_left_by(timezone.localdate())
    return account if is_shown and account.shop.open_page else None


def _gone(request: HttpRequest) -> HttpResponse:
    """Say plainly that this code is not shown now; the picture or number of before is no longer given."""
    response = render(request, "streets/payment/gone.html", status=410)
    add_never_cache_headers(response)
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@noindex
def name(request: HttpRequest, serial: str) -> HttpResponse:
    """Take “right name” or “other name”, and say what to do now; else offer the buttons on a page of their own."""
    account = _active(serial)
    if account is None:
        return _gone(request)
    context: dict[str, Any] = {"account": account, "page": account.shop.open_page}
    if request.method != "POST":
        return render(request, "streets/payment/name.html", context)
    if not is_from_our_own_page(request):
        return render(request, "streets/payment/name.html", context, status=403)
    said = request.POST.get("name", "")
    if said not in NameVerdict.values:
        return render(request, "streets/payment/name.html", context, status=400)
    if faulty := _unheard(request, account, NameVerdict(said)):
        return render(request, "streets/payment/name.html", context | {"is_to_be_sent_again": True}, status=faulty)
    return HttpResponseRedirect(reverse("payment:thanks", args=[serial, said]))


def _unheard(request: HttpRequest, account: PaymentAccount, verdict: NameVerdict) -> int | None:
    """Note what was tapped; return the status of the answer where that could not be done."""
    if was_filled_in(request):
        return 422
    try:
        say_name(account=account, verdict=verdict, visitor=Visitor.of(request))
    except DatabaseError:
        return 503
    return None


@require_safe
@never_cache
@noindex
def thanks(request: HttpRequest, serial: str, said: str) -> HttpResponse:
    account = get_object_or_404(PaymentAccount.objects.select_related("shop"), serial=serial)
    if said not in NameVerdict.values:
        raise Http404
    return render(request, "streets/payment/thanks.html", {"page": account.shop.open_page, "is_other": said == "other"})


def _mark(request: HttpRequest, serial: str) -> str | None:
    account = _active(serial)
    return f'"{picture_key(account)}"' if account else None


@require_safe
@condition(etag_func=_mark)
@noindex
def code_png(request: HttpRequest, serial: str) -> HttpResponse:
    """Send the code as a picture to save. It is asked for again each time: a suspended account has none."""
    account = _active(serial)
    if account is None:
        return _gone(request)
    key = picture_key(account)
    png = cache.get(key)
    if png is None:
        try:
            png = picture(account, CardWords(shop=account.shop.name))
        except ArtworkRefused as refusal:
            raise Http404 from refusal
        except CodeUnavailable:
            return _gone(request)
        cache.set(key, png, 24 * 3600)
    response = HttpResponse(png, content_type="image/png")
    filename = f"vietqr-{ascii_slug(account.shop.name)}-{account.printed_serial.lower()}.png"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
@never_cache
@noindex
@sensitive_variables()
def number(request: HttpRequest, serial: str) -> HttpResponse:
    """Tell the number by itself, on a page that nobody keeps, or as plain text to the script that copies it.

    It is in the code anyway; but a page that is kept, indexed and shown in passing need not spell it out.
    """
    account = _active(serial)
    if account is None:
        return _gone(request)
    try:
        told = account.number().account
    except CannotBeOpened:
        logger.exception("The number of account %s cannot be read", account.pk)
        return _gone(request)
    if request.GET.get("as") == "text":
        return HttpResponse(told, content_type="text/plain; charset=utf-8")
    return render(
        request, "streets/payment/number.html", {"account": account, "number": told, "page": account.shop.open_page}
    )


# ---- the placard checker ---------------------------------------------------------------------------


class CheckForm(forms.Form):
    photo = PictureField(label=gettext_lazy("Photo of the code"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Text of the code, or the serial number of a card"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].widget.attrs["accept"] = "image/*"
        self.fields["photo"].help_text = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("photo") and not data.get("text", "").strip():
            raise forms.ValidationError(_("Please choose a photo, or type what stands on the card."))
        return data


@csrf_exempt
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@noindex
def check(request: HttpRequest) -> HttpResponse:
    """Say what the code on a counter is. Nothing that was sent is kept, and nothing changes."""
    shop = _shop_asked_for(request)
    context: dict[str, Any] = {"shop": shop, "page": None, "shop_page": shop and shop.open_page}
    if request.method != "POST":
        return render(request, "streets/payment/check.html", context | {"form": CheckForm()})
    form = CheckForm(request.POST, request.FILES)
    status = 422
    if form.is_valid():
        photo = form.cleaned_data["photo"]
        if photo and _too_many_photos():
            form.add_error("photo", _("Many photos are being checked just now. Please try again in a minute."))
            status = 429
        else:
            context["found"] = _found(photo, form.cleaned_data["text"], shop)
            return render(request, "streets/payment/check.html", context | {"form": CheckForm()})
    return render(request, "streets/payment/check.html", context | {"form": form}, status=status)


def _found(photo: Any, text: str, shop: Shop | None) -> list[Checked]:
    if not photo:
        return [check_text(text, shop=shop)]
    opened = upright_on_white(photo)
    return [Checked(Verdict.NO_CODE)] if opened is None else check_picture(opened, shop=shop)


def _too_many_photos() -> bool:
    minute = int(timezone.now().timestamp()) // 60
    return not any(cache.add(f"placard-{minute}-{n}", True, 60) for n in range(MOST_PHOTOS_PER_MINUTE))


def _shop_asked_for(request: HttpRequest) -> Shop | None:
    asked = request.POST.get("shop") or request.GET.get("shop") or ""
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return None
    shop = Shop.objects.filter(pk=int(asked)).first()
    # One without an open page is nobody's business: its code is looked up among all.
    return shop if shop and shop.open_page else None
