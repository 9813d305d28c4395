"""Photos as a phone needs them: AVIF and WebP in two widths, JPEG for the rest, width and height always set."""

import logging
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import Filter, SourceImageIOError

from media.models import Picture, PictureRendition

logger = logging.getLogger("media.photos")


@dataclass(frozen=True, slots=True)
class Cut:
    """One way a photo is cut: its sizes in pixels, and the width in CSS it is shown at (the `sizes` attribute)."""

    small: tuple[int, int]
    large: tuple[int, int]
    sizes: str

    def spec(self, size: tuple[int, int], image_format: str) -> str:
        return f"fill-{size[0]}x{size[1]}|format-{image_format}"

    @property
    def specs(self) -> list[str]:
        modern = [
            self.spec(size, image_format) for image_format in ("avif", "webp") for size in (self.small, self.large)
        ]
        return [*modern, self.spec(self.small, "jpeg")]


CUTS = {
    # A phone of 390 CSS pixels and three device pixels each takes the large one.
    "page": Cut((780, 520), (1200, 800), "(min-width: 44rem) 40rem, 100vw"),
    "card": Cut((160, 160), (320, 320), "6rem"),
}

# The square that a list shows, in the one format that every browser in use reads.
THUMBNAIL = CUTS["card"].spec(CUTS["card"].large, "webp")


def keep_photo(*, file: File, name: str, title: str, description: str, by: AbstractBaseUser | None = None) -> Picture:
    """Store a photo that a `PhotoField` accepted, under a file name of ours; the description is its alternative."""
    picture = Picture(title=title, description=description, uploaded_by_user=by)
    extension = (file.name or "").rpartition(".")[2].lower()
    picture.file = File(file, name=f"{name}.{extension}")
    picture._set_image_file_metadata()
    picture.save()
    return picture


def renditions(picture: Picture, cut: Cut) -> dict[str, PictureRendition] | None:
    """Return a cut's renditions by spec, made now where they are missing; None for an unreadable original."""
    try:
        return picture.get_renditions(*cut.specs)
    except (SourceImageIOError, OSError, SyntaxError, ValueError) as error:
        # A lost or damaged original costs the page its photo, never the page.
        logger.error("Picture %s cannot be drawn: %s", picture.pk, error)
        return None


def warm(picture: Picture) -> None:
    """Make all renditions of a picture, so that no visitor waits for them."""
    for cut in CUTS.values():
        renditions(picture, cut)


def with_thumbnails(rows: QuerySet, photo: str) -> QuerySet:
    """Fetch a small square of each row's photo with the row, as `thumbnail`: None where it must be drawn first.

    A list of photos then costs no query of its own, but for those that an editor gave a focal point. `photo` names
    the field.
    """
    # By this key Wagtail knows the renditions of pictures without a focal point; a collection would cost a query.
    whole = Filter(THUMBNAIL).get_cache_key(Picture(collection=None))
    drawn = FilteredRelation(
        f"{photo}__renditions",
        condition=Q(**{f"{photo}__renditions__filter_spec": THUMBNAIL, f"{photo}__renditions__focal_point_key": whole}),
    )
    return rows.select_related(photo).annotate(drawn=drawn).annotate(thumbnail=F("drawn__file"))


def thumbnail_html(picture: Picture, thumbnail: str | None, alt: str) -> SafeString:
    """Return the `<img>` of a thumbnail that `with_thumbnails` found, drawn now if it did not; empty if unreadable."""
    storage = PictureRendition._meta.get_field("file").storage
    if thumbnail:
        url = storage.url(thumbnail)
    else:
        made = renditions(picture, CUTS["card"])
        if made is None:
            return mark_safe("")
        url = made[THUMBNAIL].url
    side = CUTS["card"].large[0]
    return format_html('<img src="{}" width="{}" height="{}" alt="{}" loading="lazy">', url, side, side, alt)


def photo_html(picture: Picture, cut_name: str, alt: str, *, eager: bool = False) -> SafeString:
    """Return the `<picture>` of a photo, or nothing when its original cannot be read."""
    cut = CUTS[cut_name]
    made = renditions(picture, cut)
    if made is None:
        return mark_safe("")
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{} {}w, {} {}w" sizes="{}">',
        (
            (
                image_format,
                made[cut.spec(cut.small, image_format)].url,
                made[cut.spec(cut.small, image_format)].width,
                made[cut.spec(cut.large, image_format)].url,
                made[cut.spec(cut.large, image_format)].width,
                cut.sizes,
            )
            for image_format in ("avif", "webp")
        ),
    )
    fallback = made[cut.spec(cut.small, "jpeg")]
    attributes = {"src": fallback.url, "width": fallback.width, "height": fallback.height, "alt": alt}
    attributes |= {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    return format_html("<picture>{}<img{}></picture>", sources, flatatt(attributes))
