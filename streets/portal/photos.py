"""A shop's photos from the phone: taken or chosen, uploaded one by one, put in order, said in words, sent."""

import json
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from media.forms import PhotoField
from media.models import Picture
from media.photos import CUTS, thumbnail_html
from streets.changes.applying import read
from streets.changes.errors import ChangedMeanwhile, ChangeRefused, NotYours
from streets.changes.proposing import Outcome, propose
from streets.models import ChangeRequest, Shop, VendorPicture
from streets.models.shop_photos import MOST_PHOTOS, ShopPhoto
from streets.portal.effects import effects_of
from streets.portal.guard import Kept
from streets.portal.screens import back_to, show
from streets.vendor_pictures import (
    PhotoRefused,
    discard,
    keep_upload,
    note_used,
    usable_for,
    waiting_for_words,
)
from wardmark.base.languages import source_language
from wardmark.base.publishing import NotReady

# One photo of a page as forms and changes have it: {"picture": its id, "alt": its words}.
Photo = dict[str, Any]
FIELD = "photos"


class PhotoRow(forms.Form):
    """One photo of the list: what it shows, where it stands, or that it goes."""

    picture = forms.IntegerField(widget=forms.HiddenInput)
    alt = forms.CharField(
        label=gettext_lazy("What does it show?"),
        required=False,
        max_length=ShopPhoto._meta.get_field("alt").max_length,
        widget=forms.Textarea(attrs={"class": "input", "rows": 2, "autocomplete": "off"}),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the row"),
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    remove = forms.BooleanField(label=gettext_lazy("Take this photo away"), required=False)

    # Found by the formset for all rows at once.
    shown: Picture | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A kept draft goes with its photo, wherever that stands when the form is opened again.
        self.fields["alt"].widget.attrs["data-keep-as"] = f"alt of {_whole(self['picture'].value())}"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["alt"] = " ".join(data.get("alt", "").split())
        if not data.get("remove") and not data["alt"] and "alt" not in self.errors:
            self.add_error("alt", _("Please say it in a few words: some of your guests cannot see the photo."))
        return data

    @property
    def thumbnail(self) -> str:
        """The small square, its words beside it; nothing where the picture cannot be read."""
        return thumbnail_html(self.shown, None, "") if self.shown else ""


class PhotoRows(BaseFormSet):
    """The photos of one shop in their order; a picture that is not the shop's is refused, whoever names it."""

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = [pk for form in self.forms if isinstance(pk := _whole(form["picture"].value()), int)]
        # With their thumbnails, in one query for all.
        usable = usable_for(shop).prefetch_renditions(*CUTS["card"].specs)
        pictures = {one.pk: one for one in usable.filter(pk__in=wanted)}
        for form in self.forms:
            form.shown = pictures.get(_whole(form["picture"].value()))

    def clean(self) -> None:
        if any(form.shown is None for form in self.forms):
            raise ValidationError(_("One of the photos is not there any more. Please look at them and send once more."))
        if any(self.errors):
            return
        kept = self.wanted()
        if len({photo["picture"] for photo in kept}) < len(kept):
            raise ValidationError(_("A photo stands there twice. Please take one of the two away."))
        if len(kept) > MOST_PHOTOS:
            raise ValidationError(
                ngettext(
                    "A page has at most %(most)d photo. Please take some away.",
                    "A page has at most %(most)d photos. Please take some away.",
                    MOST_PHOTOS,
                )
                % {"most": MOST_PHOTOS}
            )

    def wanted(self) -> list[Photo]:
        """Return the photos that stay, in the order that was asked for; where two ask for one place, as they stood."""
        rows = [form.cleaned_data for form in self.forms if not form.cleaned_data["remove"]]
        rows.sort(key=lambda row: row["position"] or len(self.forms))
        return [{"picture": row["picture"], "alt": row["alt"]} for row in rows]

    def in_order(self) -> list[PhotoRow]:
        """Return the rows as they were put in order, also where the list is shown again for an error."""
        return sorted(self.forms, key=lambda form: _whole(form["position"].value()) or len(self.forms))

    def removed(self) -> set[int]:
        return {form.cleaned_data["picture"] for form in self.forms if form.cleaned_data["remove"]}


# More rows than a page has photos: those that were uploaded stand below it until they are sent or taken away.
RowSet = formset_factory(PhotoRow, formset=PhotoRows, extra=0, max_num=4 * MOST_PHOTOS, absolute_max=4 * MOST_PHOTOS)


class ManyPhotos(forms.FileInput):
    allow_multiple_selected = True


class UploadForm(forms.Form):
    """One photo with the key its phone gave it: sent again, it is the same photo."""

    photo = PhotoField(label=gettext_lazy("Photo"))
    upload_key = forms.UUIDField()


class PhotosView(View):
    """Shows the photos with their words, and wishes for the list as it was put together."""

    def setup(self, request: HttpRequest, kept: Kept, **kwargs: Any) -> None:
        super().setup(request, **kwargs)
        self.kept = kept

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show_rows(self.rows())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = RowSet(request.POST, shop=self.kept.shop, prefix=FIELD)
        if not rows.is_valid():
            return self.show_rows(rows, status=422)
        try:
            with transaction.atomic():
                outcomes = self.propose(rows.wanted(), _seen(request))
                discard(shop=self.kept.shop, pictures=rows.removed())
        except ChangedMeanwhile as refused:
            # What is now, with the words of the photos that are this person's own still beside them.
            return self.show_rows(self.rows(typed=rows), status=409, refusal=str(refused))
        except NotYours:
            raise
        except (ChangeRefused, NotReady) as refused:
            return self.show_rows(rows, status=409, refusal=str(refused))
        except ValidationError as refused:
            return self.show_rows(rows, status=422, refusal=" ".join(refused.messages))
        return self.done(outcomes)

    def propose(self, wanted: list[Photo], seen: Any) -> list[Outcome]:
        """Wish for the list, and note with it which uploads it names: nobody deletes one of them in between."""
        outcomes = propose(
            shop=self.kept.shop,
            by=self.request.user,
            values={FIELD: wanted},
            seen={FIELD: seen},
            language=source_language(),
            now=timezone.now(),
        )
        note_used(shop=self.kept.shop, pictures=[photo["picture"] for photo in wanted])
        return outcomes

    def done(self, outcomes: list[Outcome]) -> HttpResponse:
        if all(outcome.request is None for outcome in outcomes):
            messages.info(self.request, _("Nothing was different, so nothing was changed."))
        return back_to(self.address_of("photos"), outcomes)

    def address_of(self, screen: str) -> str:
        return reverse(f"portal:{screen}", args=[self.kept.shop.page_key])

    def wished(self) -> list[Photo]:
        """Return the photos as the shop last wished them, or as they are."""
        waiting = _waiting(self.kept.shop)
        return waiting.after if waiting else _public(self.kept.shop)

    def compared_with(self) -> list[Photo]:
        """Return what a wish made now starts from: a colleague's that waits, as `propose` has it, or what is public."""
        waiting = _waiting(self.kept.shop)
        is_others = waiting and waiting.made_by_id != self.kept.member.user_id
        return waiting.after if is_others else _public(self.kept.shop)

    def rows(self, typed: PhotoRows | None = None) -> PhotoRows:
        """Return a form of the photos as they are wished, and of those uploaded since."""
        shop = self.kept.shop
        # Editors may have put the photo at the head of the page into its gallery as well.
        listed = list({photo["picture"]: photo for photo in reversed(self.wished())}.values())[::-1]
        known = {photo["picture"] for photo in listed}
        words = {photo["picture"]: photo["alt"] for photo in typed.wanted()} if typed else {}
        waiting = waiting_for_words(shop).values_list("pk", flat=True)
        new = [{"picture": pk, "alt": words.get(pk, "")} for pk in waiting if pk not in known]
        initial = [photo | {"position": number} for number, photo in enumerate([*listed, *new], start=1)]
        return RowSet(initial=initial, shop=shop, prefix=FIELD)

    def show_rows(self, rows: PhotoRows, *, status: int = 200, refusal: str = "") -> HttpResponse:
        kept = self.kept
        context = {
            "rows": rows,
            "refusal": refusal,
            "seen": json.dumps(self.compared_with(), ensure_ascii=False),
            "is_waiting": _waiting(kept.shop) is not None,
            "effects": effects_of([FIELD], shop=kept.shop, member=kept.member, now=timezone.now()),
            "most": MOST_PHOTOS,
            "upload_key": uuid.uuid4(),
            "upload_url": self.address_of("upload_photo"),
        }
        return show(self.request, kept, "portal/photos.html", context, status=status)


def upload(request: HttpRequest, kept: Kept, *, list_url: str = "") -> HttpResponse:
    """Take one photo from the script, which asks for JSON, or those of the plain form, and lead back to the list.

    It is the member's photo, also where an officer takes it in this member's name.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if "application/json" in request.headers.get("Accept", ""):
        return _upload_one(request, kept)
    files = [*request.FILES.getlist("taken"), *request.FILES.getlist("chosen")]
    if not files:
        messages.error(request, _("Please choose a photo first."))
    elif len(files) > MOST_PHOTOS:
        messages.error(
            request,
            ngettext(
                "Please send at most %(most)d photo at once.",
                "Please send at most %(most)d photos at once.",
                MOST_PHOTOS,
            )
            % {"most": MOST_PHOTOS},
        )
    else:
        _upload_all(request, kept, files)
    return HttpResponseRedirect(list_url or reverse("portal:photos", args=[kept.shop.page_key]))


def _upload_all(request: HttpRequest, kept: Kept, files: list[Any]) -> None:
    base = _upload_key(request.POST.get("upload_key", ""))
    stored = 0
    for number, file in enumerate(files):
        # The form may be sent twice, too: its photos are told apart by where they stood in it.
        key = uuid.uuid5(base, f"{number} {file.name} {file.size}")
        form = UploadForm({"upload_key": str(key)}, {"photo": file})
        try:
            if not form.is_valid():
                raise PhotoRefused(" ".join(form.errors["photo"]))
            keep_upload(shop=kept.shop, file=form.cleaned_data["photo"], upload_key=key, by=kept.member.user)
            stored += 1
        except PhotoRefused as refused:
            messages.error(request, f"{file.name}: {refused}")
    if stored:
        messages.success(request, _("Now say what the photos show, then send them."))


def _upload_one(request: HttpRequest, kept: Kept) -> JsonResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        words = " ".join(message for errors in form.errors.values() for message in errors)
        return JsonResponse({"message": words}, status=422)
    try:
        photo = keep_upload(
            shop=kept.shop,
            file=form.cleaned_data["photo"],
            upload_key=form.cleaned_data["upload_key"],
            by=kept.member.user,
        )
    except PhotoRefused as refused:
        return JsonResponse({"message": str(refused)}, status=429)
    return JsonResponse({"picture": photo.picture_id, "row": _new_row(kept.shop, photo)})


def _new_row(shop: Shop, photo: VendorPicture) -> str:
    """Return the row of a photo that the script puts at the end; it writes the number in."""
    row = PhotoRow(prefix=f"{FIELD}-__prefix__", initial={"picture": photo.picture_id})
    row.shown = photo.picture
    return render_to_string("portal/_photo_row.html", {"row": row, "is_new": True})


def _public(shop: Shop) -> list[Photo]:
    """Return the photos that the shop's page in the first language shows now."""
    return read(shop, [FIELD], source_language())[FIELD] or []


def _waiting(shop: Shop) -> ChangeRequest | None:
    return ChangeRequest.objects.waiting_of(shop).filter(field=FIELD, language=source_language()).first()


def _seen(request: HttpRequest) -> Any:
    """Return what the form showed when it was opened; of a form that was tampered with, what matches nothing."""
    try:
        return json.loads(request.POST.get("seen", ""))
    except (ValueError, RecursionError):
        return None


def _whole(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _upload_key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
