"""What every format must keep, else it refuses with the figures: contrast, reading distance, size of a module."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from wardmark.plaques.artwork.drawing import SAFE, WIDTHS_PER_DISTANCE, ArtworkRefused, PlacedSymbol
from wardmark.plaques.artwork.formats import Format
from wardmark.plaques.artwork.inks import contrast
from wardmark.plaques.artwork.symbol import PayloadTooLong, Symbol, encode

# Between the symbol's dark and light. Measured elsewhere: red on yellow, 4 : 1, was read 8 times in 20.
LEAST_CONTRAST = 7.0
# In mm: what print on paper keeps sharp, and what sun, rain and dirt leave of a plate outdoors.
LEAST_MODULE, LEAST_MODULE_OUTDOORS = 0.4, 1.0
# The em of the smallest type in mm: 6 points in the hand, and x-heights of 7 minutes of arc from further away.
SMALLEST_TYPE, SMALLEST_TYPE_PER_METRE = 2.1, 4.0


def smallest_type(format: Format) -> float:
    """Return the floor under which no type of this format shrinks, as its em in mm."""
    return max(SMALLEST_TYPE, SMALLEST_TYPE_PER_METRE * format.distance_m)


def readable_symbol(format: Format, short_link: str) -> Symbol:
    """Return the short link's symbol for this format.

    Raises ArtworkRefused where a phone could not be trusted to read it there.
    """
    _refuse_weak_contrast(format)
    try:
        symbol = encode(short_link, format.level)
    except PayloadTooLong as reason:
        raise ArtworkRefused(
            _("The link of %(length)s characters is longer than any symbol holds.") % {"length": len(short_link)}
        ) from reason
    placed = PlacedSymbol(0, 0, format.symbol_mm, symbol, format.colours.dark)
    _refuse_short_distance(format, placed)
    _refuse_small_modules(format, placed)
    _refuse_narrow_margin(format)
    return symbol


def _refuse_weak_contrast(format: Format) -> None:
    ratio = contrast(format.colours.dark, format.colours.light)
    if ratio < 1:
        raise ArtworkRefused(
            _("%(format)s: its symbol is light on dark, which many phones do not read. It must be dark on light.")
            % {"format": format.label}
        )
    if ratio < LEAST_CONTRAST:
        raise ArtworkRefused(
            _("%(format)s: the symbol’s contrast is %(ratio)s : 1; phones need at least %(least)s : 1.")
            % {"format": format.label, "ratio": figure(ratio), "least": figure(LEAST_CONTRAST)}
        )


def _refuse_short_distance(format: Format, placed: PlacedSymbol) -> None:
    least = format.distance_m * 1000 / WIDTHS_PER_DISTANCE
    if placed.width < least:
        raise ArtworkRefused(
            _(
                "%(format)s: read from %(distance)s m the symbol must be at least %(least)s mm wide; "
                "it is %(width)s mm without its quiet zone."
            )
            % {
                "format": format.label,
                "distance": figure(format.distance_m, 2),
                "least": figure(least),
                "width": figure(placed.width),
            }
        )


def _refuse_small_modules(format: Format, placed: PlacedSymbol) -> None:
    least = LEAST_MODULE_OUTDOORS if format.outdoors else LEAST_MODULE
    if placed.module_mm < least:
        raise ArtworkRefused(
            _(
                "%(format)s: the link of %(length)s characters makes modules of %(module)s mm; "
                "at least %(least)s mm are needed. A shorter site address, or a larger format, gives larger modules."
            )
            % {
                "format": format.label,
                "length": len(placed.symbol.payload),
                "module": figure(placed.module_mm, 2),
                "least": figure(least),
            }
        )


def _refuse_narrow_margin(format: Format) -> None:
    room = min(format.width, format.height)
    if format.symbol_mm > room - 2 * SAFE:
        raise ArtworkRefused(
            _("%(format)s: a symbol of %(symbol)s mm leaves no safe margin of %(safe)s mm on %(width)s mm.")
            % {
                "format": format.label,
                "symbol": figure(format.symbol_mm),
                "safe": figure(SAFE),
                "width": figure(room),
            }
        )


def figure(value: float, decimals: int = 1) -> str:
    """Return a number as the editor's language writes it, without zeros at its end."""
    return number_format(Decimal(f"{value:.{decimals}f}".rstrip("0").rstrip(".")))
