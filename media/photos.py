"""Photos as a phone needs them: AVIF and WebP in two widths, JPEG for the rest, width and height always set."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from PIL import Image, ImageOps
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.models import Collection

from media.models import Picture, PictureRendition
from media.placeholders import colours_of, placeholder_html
from media.uploads import UNREADABLE

logger = logging.getLogger("media.photos")

# What is raised for an original that is lost or damaged: by Wagtail, and by Pillow.
UNDRAWABLE = (SourceImageIOError, *UNREADABLE)


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
    # On a wide screen the column is 48 times the browser's own font size, which is what `rem` means in this attribute.
    "page": Cut((780, 520), (1200, 800), "(min-width: 48rem) 48rem, 100vw"),
    "card": Cut((160, 160), (320, 320), "6rem"),
}

POSTER_WIDTH = 780

# The square that a list shows, in the one format that every browser in use reads.
THUMBNAIL = CUTS["card"].spec(CUTS["card"].large, "webp")


def keep_photo(
    *,
    file: File,
    name: str,
    title: str,
    description: str,
    by: AbstractBaseUser | None = None,
    collection: Collection | None = None,
) -> Picture:
    """Store a photo that a `PhotoField` accepted, under a file name of ours; the description is its alternative.

    Without a collection it lies where everything lies that nobody has sorted.
    """
    picture = Picture(title=title, description=description, uploaded_by_user=by)
    if collection is not None:
        picture.collection = collection
    extension = (file.name or "").rpartition(".")[2].lower()
    picture.file = File(file, name=f"{name}.{extension}")
    picture._set_image_file_metadata()
    picture.save()
    return picture


def renditions(picture: Picture, specs: Iterable[str]) -> dict[str, PictureRendition] | None:
    """Return a picture's renditions by spec, made now where they are missing; None for an unreadable original."""
    try:
        return picture.get_renditions(*specs)
    except UNDRAWABLE as error:
        # A lost or damaged original costs the page its photo, never the page.
        logger.error("Picture %s cannot be drawn: %s", picture.pk, error)
        return None


def cut_out(picture: Picture, size: tuple[int, int]) -> Image.Image | None:
    """Return the part of a picture around its focal point, or its middle, in that size; None for an unreadable one.

    For drawing on: nothing of it is stored. What is transparent stays so.
    """
    try:
        with picture.get_willow_image() as original:
            upright = original.auto_orient()
            shape = Filter(f"fill-{size[0]}x{size[1]}").get_transform(picture, upright.get_size())
            # Not `Filter.run`, which writes a file: packing a PNG only to unpack it takes most of a drawing's time.
            piece = upright.crop(shape.get_rect().round()).resize(shape.size)
            # What is meant for a printing press is brought to the colours of a screen.
            cut = piece.transform_colorspace_to_srgb().image if piece.image.mode == "CMYK" else piece.image
            see_through = cut.mode in {"RGBA", "LA", "PA"} or "transparency" in cut.info
            return ImageOps.fit(cut.convert("RGBA" if see_through else "RGB"), size)
    except UNDRAWABLE as error:
        logger.error("Picture %s cannot be drawn: %s", picture.pk, error)
        return None


def warm(picture: Picture) -> None:
    """Make all renditions of a picture, so that no visitor waits for them."""
    for cut in CUTS.values():
        renditions(picture, cut.specs)


def draw_missing_placeholders() -> None:
    """Draw the placeholders of pictures that were stored before there were any."""
    for picture in Picture.objects.filter(placeholder=None):
        picture.placeholder = colours_of(picture)
        picture.save(update_fields=["placeholder"])


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
        made = renditions(picture, CUTS["card"].specs)
        if made is None:
            return mark_safe("")
        url = made[THUMBNAIL].url
    side = CUTS["card"].large[0]
    return format_html('<img src="{}" width="{}" height="{}" alt="{}" loading="lazy">', url, side, side, alt)


def poster_address(picture: Picture, width: int, height: int) -> str:
    """Return where a picture lies as JPEG in the shape of a film; empty for an unreadable original.

    A browser gives a film the shape of its poster until it plays: another one, and the page would jump.
    """
    shape = (POSTER_WIDTH, max(1, round(POSTER_WIDTH * height / width))) if width and height else CUTS["page"].small
    spec = f"fill-{shape[0]}x{shape[1]}|format-jpeg"
    made = renditions(picture, [spec])
    return made[spec].url if made else ""


def photo_html(picture: Picture, cut_name: str, alt: str, *, eager: bool = False) -> SafeString:
    """Return the `<picture>` of a photo on its placeholder, or nothing when its original cannot be read."""
    cut = CUTS[cut_name]
    made = renditions(picture, cut.specs)
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
    return format_html(
        '<span class="picture">{}<picture>{}<img{}></picture></span>',
        placeholder_html(picture.placeholder),
        sources,
        flatatt(attributes),
    )
