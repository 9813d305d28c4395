from django import template
from django.utils.safestring import SafeString

from media.models import Picture
from media.photos import photo_html

register = template.Library()


@register.simple_tag
def photo(picture: Picture, cut: str, alt: str = "", *, eager: bool = False) -> SafeString:
    """Draw a photo in one of the cuts of `media.photos`; `eager` for the one a visitor sees first."""
    return photo_html(picture, cut, alt, eager=eager)
