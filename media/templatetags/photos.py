from django import template
from django.utils.safestring import SafeString

from media.models import Audio, Picture
from media.photos import photo_html, poster_address, thumbnail_html

register = template.Library()


@register.simple_tag
def photo(picture: Picture, cut: str, alt: str = "", *, eager: bool = False) -> SafeString:
    """Draw a photo in one of the cuts of `media.photos`; `eager` for the one a visitor sees first."""
    return photo_html(picture, cut, alt, eager=eager)


@register.simple_tag
def poster(picture: Picture, film: Audio) -> str:
    """Return where a picture lies in the shape of a film."""
    return poster_address(picture, film.width or 0, film.height or 0)


@register.simple_tag
def small_photo(picture: Picture, found: str | None, alt: str = "") -> SafeString:
    """Draw the small square of a photo whose row came from `media.photos.with_thumbnails`."""
    return thumbnail_html(picture, found, alt)
