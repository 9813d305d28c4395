"""The wear report: what a plate bears until a phone no longer reads it from its reading distance. Fails nobody."""

import sys

from tests.site.plaques.artwork.inscriptions import inscription
from wardmark.plaques.artwork import plate
from wardmark.plaques.wear import endurance


def main() -> None:
    sys.stdout.write("\nWear borne by the plain plate, seen from ten times its symbol's width\n")
    for borne in endurance(plate(inscription())):
        end = "and more" if borne.never_stopped else ""
        sys.stdout.write(f"{borne.wear.name:<13}{borne.strength:6.1f} {borne.wear.unit} {end}\n")


if __name__ == "__main__":
    main()
