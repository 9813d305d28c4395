"""The wear report: what each format bears until a phone no longer reads it from its distance. Fails nobody."""

import sys

import django
from django.conf import settings

from tests.site.plaques.artwork.inscriptions import inscription
from wardmark.plaques.artwork import FORMATS, lay_out
from wardmark.plaques.wear import Endurance, endurance


def main() -> None:
    settings.configure(USE_I18N=False)
    django.setup()
    for format in FORMATS.values():
        drawing = lay_out(format, inscription())
        module, symbol = drawing.symbol.module_mm, drawing.symbol.symbol
        sys.stdout.write(
            f"\n{format.label}: symbol {format.symbol_mm:g} mm, module {module:.2f} mm, version {symbol.version}, "
            f"level {format.level}, seen from {format.distance_m:g} m\n"
        )
        for borne in endurance(drawing, distance_mm=format.distance_m * 1000):
            sys.stdout.write(_line(borne))


def _line(borne: Endurance) -> str:
    words = [f"{borne.wear.name:<13}{borne.strength:6.1f} {borne.wear.unit}"]
    if borne.never_stopped:
        words.append("and more")
    if borne.bears_everyday is not None:
        words.append(f"({borne.wear.everyday:g}: {'read' if borne.bears_everyday else 'NOT read'})")
    return " ".join(words) + "\n"


if __name__ == "__main__":
    main()
