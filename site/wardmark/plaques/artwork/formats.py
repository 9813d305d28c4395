"""The formats plaques are printed in: data. `limits.py` has what holds for all of them, `layouts.py` how they look."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wardmark.plaques.artwork.inks import Colours


class Layout(StrEnum):
    """How name, symbol and promise stand to each other."""

    BESIDE = "beside"  # the name above, the promise beside the symbol
    UNDER = "under"  # the name above, the promise under the symbol
    CLOSE = "close"  # seal and name above in one, the promise under the symbol
    ACROSS = "across"  # all words on the left, the symbol on the right
    BARE = "bare"  # the symbol and its code


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of plate. All lengths in mm, `width` and `height` after trimming.

    `symbol_mm` is the symbol's box, its quiet zone included; `distance_m` how far away, in metres, a phone must read
    it. `level` is the error level: H where vandals reach, else Q (ISO/IEC 18004: 30 % and 25 % may be lost). `text_mm`
    is the promise's type; all other type is in proportion to it. `margin` is the paper around everything.
    """

    key: str
    label: str | Promise
    width: float
    height: float
    symbol_mm: float
    distance_m: float
    outdoors: bool
    level: str
    layout: Layout
    text_mm: float
    margin: float
    colours: Colours = field(default_factory=Colours)


_ALL = (
    Format(
        "counter-card", _("Counter card A6"), 105, 148, symbol_mm=50, distance_m=0.35, outdoors=False, level="Q",
        layout=Layout.BESIDE, text_mm=3.6, margin=8,
    ),
    Format(
        "window-sticker", _("Window sticker"), 100, 140, symbol_mm=80, distance_m=0.6, outdoors=True, level="H",
        layout=Layout.CLOSE, text_mm=3.3, margin=7,
    ),
    Format(
        "street-plate", _("Street plate"), 180, 120, symbol_mm=84, distance_m=0.6, outdoors=True, level="H",
        layout=Layout.ACROSS, text_mm=4.4, margin=10,
    ),
    Format(
        "relic-plate", _("Relic plate"), 200, 300, symbol_mm=120, distance_m=0.9, outdoors=True, level="H",
        layout=Layout.BESIDE, text_mm=6.6, margin=16,
    ),
    Format(
        "poster", _("Poster A4"), 210, 297, symbol_mm=130, distance_m=1.0, outdoors=False, level="Q",
        layout=Layout.UNDER, text_mm=6.0, margin=18,
    ),
    # Laid out by somebody else, who may put it anywhere: as strict as outdoors.
    Format(
        "plain", _("Plain code"), 70, 80, symbol_mm=60, distance_m=0.45, outdoors=True, level="H",
        layout=Layout.BARE, text_mm=2.8, margin=5,
    ),
)  # fmt: skip

# In the order they are offered.
FORMATS: dict[str, Format] = {format.key: format for format in _ALL}


def format_label(key: str) -> str:
    """Return the name of a format in the reader's language; its key where this version knows it no longer."""
    return str(FORMATS[key].label) if key in FORMATS else key
