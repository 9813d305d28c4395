"""What one plate costs in each format and kind of file, as a ratio to encoding its symbol in the same run."""

import statistics
import sys
import time
from collections.abc import Callable

import django
from django.conf import settings

from tests.site.plaques.artwork.inscriptions import LINK, inscription
from wardmark.plaques.artwork import FORMATS, Format, as_pdf, as_png, as_svg, encode, lay_out
from wardmark.plaques.proof import proof_dpi, prove

ROUNDS = 15
# The slow ones once each: they need no median to be told apart.
ONCE = 1


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of many runs; the first, which fills caches, is not counted."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def costs(format: Format) -> dict[str, float]:
    drawing = lay_out(format, inscription())
    svg, png, pdf = as_svg(drawing).encode(), as_png(drawing), as_pdf(drawing)
    dpi = proof_dpi(drawing.symbol.module_mm)
    return {
        "symbol alone": seconds(lambda: encode(LINK, format.level)),
        "plate laid out": seconds(lambda: lay_out(format, inscription())),
        "PDF": seconds(lambda: as_pdf(drawing)),
        "SVG": seconds(lambda: as_svg(drawing)),
        "PNG, 300 dpi": seconds(lambda: as_png(drawing), ONCE),
        "PNG, 600 dpi": seconds(lambda: as_png(drawing, 600), ONCE),
        "proof of PDF": seconds(lambda: prove(pdf, "pdf", LINK, level=format.level, dpi=dpi), ONCE),
        "proof of SVG": seconds(lambda: prove(svg, "svg", LINK, level=format.level, dpi=dpi), ONCE),
        "proof of PNG": seconds(lambda: prove(png, "png", LINK, level=format.level, dpi=dpi), ONCE),
    }


def main() -> None:
    settings.configure(USE_I18N=False)
    django.setup()
    for format in FORMATS.values():
        rows = costs(format)
        one = rows["symbol alone"]
        sys.stdout.write(f"\n{format.label}, {format.width:g} × {format.height:g} mm\n")
        for name, time_taken in rows.items():
            sys.stdout.write(f"{name:<16}{time_taken * 1000:8.1f} ms{time_taken / one:8.1f} ×\n")


if __name__ == "__main__":
    main()
