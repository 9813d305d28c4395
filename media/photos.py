"""Photos as a phone needs them: AVIF and WebP in two widths, JPEG for the rest, width and height always set."""

import logging
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import SourceImageIOError

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
