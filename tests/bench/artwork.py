"""What one plate costs in each format, as a ratio to encoding its symbol in the same run."""

import statistics
import sys
import time
from collections.abc import Callable

from tests.site.plaques.artwork.inscriptions import LINK, inscription
from wardmark.plaques.artwork import as_pdf, as_png, as_svg, encode, plate

ROUNDS = 30


def seconds(work: Callable[[], object]) -> float:
    """Return the median of many runs; the first, which fills caches, is not counted."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    drawing = plate(inscription())
    one = seconds(lambda: encode(LINK))
    rows = {
        "symbol alone": one,
        "plate laid out": seconds(lambda: plate(inscription())),
        "SVG": seconds(lambda: as_svg(drawing)),
        "PNG, 300 dpi": seconds(lambda: as_png(drawing)),
        "PDF": seconds(lambda: as_pdf(drawing)),
    }
    for name, time_taken in rows.items():
        sys.stdout.write(f"{name:<16}{time_taken * 1000:8.1f} ms{time_taken / one:8.1f} ×\n")


if __name__ == "__main__":
    main()
