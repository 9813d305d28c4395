"""The picture of a page that chats and social networks show beside its link.

It is drawn when the page is published, or when it is first asked for, and kept with what only the site reads: who asks
for the picture of a page that was closed or taken back gets none. Its address has a mark of all that is drawn, so it
never changes and may be kept for ever.
"""

import hashlib
import json
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from media.photos import cut_out
from wardmark.design.link_picture import DRAWING, EMBLEM, PHOTO, LinkPicture, draw

if TYPE_CHECKING:
    from wardmark.base.models import BasePage, WardSettings

logger = logging.getLogger("wardmark.link_pictures")

FOLDER = "link-pictures"


def picture_address(page: "BasePage", ward: "WardSettings") -> str:
    """Return the address of the picture of a page as it is now, without the host. Costs no query."""
    return reverse("link_picture", args=[page.pk, version(page, ward)])


def version(page: "BasePage", ward: "WardSettings") -> str:
    """Return a mark of all that is drawn: another one as soon as anything of it changes."""
    words = _words(page, ward)
    pictures = [
        [picture.pk, picture.file.name, picture.file_hash, str(picture.get_focal_point())] if picture else None
        for picture in (page.link_photo, ward.emblem)
    ]
    drawn = json.dumps([DRAWING, page.pk, words, pictures], default=str)
    return hashlib.sha256(drawn.encode()).hexdigest()[:20]


def kept_picture(page: "BasePage", ward: "WardSettings") -> bytes:
    """Return the page's picture as JPEG, drawn and kept now where it is not there yet; older ones are deleted then."""
    storage, name = _storage(), f"{FOLDER}/{page.pk}/{version(page, ward)}.jpg"
    if contents := _read(storage, name):
        return contents
    contents = draw(
        LinkPicture(
            **_words(page, ward),
            photo=cut_out(page.link_photo, PHOTO) if page.link_photo else None,
            emblem=cut_out(ward.emblem, EMBLEM) if ward.emblem else None,
        )
    )
    try:
        forget(page.pk)
        storage.save(name, ContentFile(contents))
    except Exception:
        # A full disk, or a bucket that takes nothing, costs the next one who asks the time to draw it, not the answer.
        logger.exception("The link picture of page %s was not kept", page.pk)
    return contents


def _read(storage: Storage, name: str) -> bytes:
    """Return what is kept under this name; nothing where it is not there or cannot be read.

    A bucket whose contents we may not list says of what is missing that it is forbidden.
    """
    try:
        with storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        return b""
    except Exception:
        logger.exception("The link picture %s could not be read", name)
        return b""


def forget(pk: int) -> None:
    """Delete the kept pictures of a page."""
    storage = _storage()
    with suppress(FileNotFoundError):
        _folders, files = storage.listdir(f"{FOLDER}/{pk}")
        for file in files:
            storage.delete(f"{FOLDER}/{pk}/{file}")


def on_page_published(sender, instance, **kwargs) -> None:
    def draw_anew() -> None:
        with translation.override(instance.locale.language_code):
            ward = instance.own_ward()
            if ward is not None and instance.is_open():
                kept_picture(instance, ward)

    if hasattr(instance, "link_photo"):
        transaction.on_commit(draw_anew, robust=True)


def on_page_gone(sender, instance, **kwargs) -> None:
    """Forget the picture of a page that was unpublished or deleted."""
    pk = instance.pk

    def forget_it() -> None:
        forget(pk)

    transaction.on_commit(forget_it, robust=True)


def _words(page: "BasePage", ward: "WardSettings") -> dict[str, str]:
    return {
        "title": page.title,
        "kind": str(getattr(page, "kind_label", "")),
        "summary": page.summary,
        "ward": ward.wording.name if ward.wording else "",
        "city": ward.wording.city if ward.wording else "",
        "seal": ward.seal_letters,
    }


def _storage() -> Storage:
    return storages["documents"]
