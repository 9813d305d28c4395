"""Photos that vendors upload for their shops: judged and cleaned, kept where only their own shop can use them.

A photo lies in its own collection under a name nobody can guess until a change that names it is taken; one that no
change ever names goes after a week. Decision 36.
"""

import secrets
from collections.abc import Collection as AnyOf
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import caches
from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Collection

from media.models import Picture
from media.photos import keep_photo
from streets.models import ChangeRequest, ChangeState, Shop, ShopPage, ShopPhoto, VendorPicture
from streets.models.shop_photos import MOST_PHOTOS
from wardmark.base.languages import source_language

# What a shop may have lying unused, and upload within 24 hours: a phone that tries again and again stops there.
MOST_UNUSED = 2 * MOST_PHOTOS
MOST_A_DAY = 5 * MOST_PHOTOS
A_DAY = 24 * 3600
UNUSED_FOR = timedelta(days=7)
# A change can be taken back for 30 days, and then its photos of before are wanted again.
WANTED_BACK_FOR = timedelta(days=45)


class PhotoRefused(Exception):
    """A photo cannot be taken now; the message says why, for whoever sent it."""


def keep_upload(*, shop: Shop, file: File, upload_key: UUID, by: AbstractBaseUser) -> VendorPicture:
    """Store a photo that a `PhotoField` accepted; the same upload sent again returns the photo it made the first time.

    Raises PhotoRefused, with nothing stored, while the shop is in dispute or has sent too many.
    """
    stored: Picture | None = None
    try:
        with transaction.atomic():
            # One upload of a shop after the other: the second of two attempts finds what the first has stored.
            shop = Shop.objects.select_for_update().get(pk=shop.pk)
            if known := shop.vendor_pictures.filter(upload_key=upload_key).select_related("picture").first():
                return known
            _refuse_too_many(shop)
            stored = keep_photo(
                file=file,
                name=f"shop-{secrets.token_hex(16)}",
                title=shop.name or str(shop.page_key),
                description="",
                by=by,
                collection=_collection(),
            )
            _count_one(shop)
            return VendorPicture.objects.create(shop=shop, picture=stored, upload_key=upload_key, uploaded_by=by)
    except BaseException:
        if stored is not None:
            stored.file.delete(save=False)
        raise


def _refuse_too_many(shop: Shop) -> None:
    if shop.disputed_since is not None:
        raise PhotoRefused(_("Changes are stopped until it is settled who keeps this shop. The ward will call you."))
    if shop.vendor_pictures.unused().count() >= MOST_UNUSED:
        raise PhotoRefused(_("Many photos wait here already. Please send them, or take some away first."))
    kept = shop.vendor_pictures.filter(uploaded_at__gt=timezone.now() - timedelta(days=1)).count()
    if max(kept, caches["shared"].get(_counter(shop), 0)) >= MOST_A_DAY:
        raise PhotoRefused(_("That is a lot of photos for one day. Please go on tomorrow."))


def _count_one(shop: Shop) -> None:
    """Count also what is taken away again: of that no row is left. The shop is locked."""
    sent = caches["shared"].get(_counter(shop), 0)
    caches["shared"].set(_counter(shop), sent + 1, A_DAY)


def _counter(shop: Shop) -> str:
    return f"vendor-photos:{shop.pk}:{timezone.localdate():%Y-%m-%d}"


def _collection() -> Collection:
    """Return where vendors' photos lie, made with the first; editors with rights on all uploads have them there too."""
    if found := _where_they_lie():
        return found
    # Of two first photos at once, the second waits here and finds what the first has made.
    root = Collection.objects.select_for_update().get(pk=Collection.get_first_root_node().pk)
    with override(source_language()):
        name = _("Photos from vendors")
    return _where_they_lie() or root.get_children().filter(name=name).first() or root.add_child(name=name)


def _where_they_lie() -> Collection | None:
    """Return the collection in which most of them are: its name is the editors', and changes with a translation."""
    pictures = Picture.objects.filter(from_vendor__isnull=False).order_by()
    most = pictures.values("collection").annotate(count=Count("pk")).order_by("-count", "collection").first()
    return most and Collection.objects.get(pk=most["collection"])


def usable_for(shop: Shop) -> QuerySet[Picture]:
    """Return the pictures that this shop's page may show: those uploaded for it, and those its pages show already."""
    pages = ShopPage.objects.filter(shop=shop)
    on_pages = Q(pk__in=pages.values("photo")) | Q(
        pk__in=ShopPhoto.objects.filter(page__in=pages.values("pk")).values("picture")
    )
    return Picture.objects.filter(on_pages | Q(from_vendor__shop=shop))


def waiting_for_words(shop: Shop) -> QuerySet[Picture]:
    """Return the shop's photos that were uploaded and not yet part of any change, oldest first."""
    return Picture.objects.filter(from_vendor__in=shop.vendor_pictures.unused()).order_by("pk")


def note_used(*, shop: Shop, pictures: Iterable[int]) -> None:
    """Note that a change which names these pictures was taken."""
    shop.vendor_pictures.filter(picture__in=list(pictures)).update(used_at=timezone.now())


def discard(*, shop: Shop, pictures: AnyOf[int]) -> None:
    """Delete photos of this shop that no change ever named; others stay, whatever is asked."""
    for picture in waiting_for_words(shop).filter(pk__in=pictures):
        picture.delete()


def clear_unused() -> int:
    """Delete vendors' photos that nothing needs any more, and return how many; a chore of the worker.

    That is a photo no change named within a week, and one that no page shows since long before any change can be taken
    back. What a page, a draft or a change that waits names, stays.
    """
    now = timezone.now()
    forgotten = Q(used_at=None, uploaded_at__lt=now - UNUSED_FOR)
    replaced = Q(used_at__lt=now - WANTED_BACK_FOR)
    cleared = 0
    for upload in VendorPicture.objects.filter(forgotten | replaced).select_related("picture", "shop"):
        if not (upload.picture.get_usage().count() or _is_in_a_draft(upload) or _is_named_by_a_change(upload, now)):
            upload.picture.delete()
            cleared += 1
    return cleared


def _is_in_a_draft(upload: VendorPicture) -> bool:
    """Whether an editor's draft of the shop's pages shows it: what is published, the usage counts already."""
    for page in ShopPage.objects.filter(shop=upload.shop, has_unpublished_changes=True):
        draft = page.get_latest_revision_as_object()
        if upload.picture_id in {draft.photo_id, *(photo.picture_id for photo in draft.gallery.all())}:
            return True
    return False


def _is_named_by_a_change(upload: VendorPicture, now: datetime) -> bool:
    """Whether a change that waits, or one that may yet be taken back, names it before or after."""
    since = now - WANTED_BACK_FOR
    lately = Q(state=ChangeState.WAITING) | Q(made_at__gte=since) | Q(live_since__gte=since) | Q(decided_at__gte=since)
    changes = ChangeRequest.objects.filter(lately, shop=upload.shop, field="photos")
    return any(
        row["picture"] == upload.picture_id
        for values in changes.values_list("before", "after")
        for rows in values
        for row in rows or ()
    )
