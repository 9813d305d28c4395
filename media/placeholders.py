"""What a photo's place shows until the photo is there: nine colours, blurred by the stylesheet.

The colours are kept with the picture and written into the page as `<rect>`s without a size: where each stands, says
design/components/picture.css. So the whole is at most 199 bytes and needs neither an inline style nor a `data:`
address, which the site's policy would both refuse.
"""

import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from PIL import Image
from wagtail.images.models import Filter

from media.uploads import UNREADABLE

if TYPE_CHECKING:
    from media.models import Picture

logger = logging.getLogger("media.placeholders")

COLUMNS = ROWS = 3
LENGTH = COLUMNS * ROWS * 3
# As the page's own cut, around the focal point; enough pixels for a fair mean.
CUT = "fill-48x32|format-png"
_COLOURS = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


def colours_of(picture: "Picture") -> str:
    """Return the nine colours of a picture, row by row, three hexadecimal digits each.

    Empty for one that can be seen through, below which they would shine forth, and for one that cannot be read.
    """
    drawn = BytesIO()
    try:
        Filter(CUT).run(picture, drawn)
        with Image.open(drawn) as small:
            return _means(small.convert("RGBA"))
    except UNREADABLE as error:
        logger.warning("Picture %s has no placeholder: %s", picture.pk, error)
        return ""


def _means(small: Image.Image) -> str:
    lowest_alpha, _highest = small.getchannel("A").getextrema()
    if lowest_alpha < 255:
        return ""
    grid = small.convert("RGB").resize((COLUMNS, ROWS), Image.Resampling.BOX)
    return "".join(f"{round(part / 17):x}" for part in grid.tobytes())


def placeholder_html(colours: str | None) -> SafeString:
    """Return the drawing of these colours, or nothing where there are none."""
    if not colours or not _COLOURS.fullmatch(colours):
        return mark_safe("")
    cells = "".join(f'<rect fill="#{colours[start : start + 3]}"/>' for start in range(0, LENGTH, 3))
    # An attribute without its quotation marks, for the sake of two bytes.
    return mark_safe(f"<svg aria-hidden=true>{cells}</svg>")  # noqa: S308 - the colours are hexadecimal digits
