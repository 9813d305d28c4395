"""What is printed of a plaque: one drawing in millimetres, written as SVG, PNG or PDF."""

from wardmark.plaques.artwork.drawing import ArtworkRefused, Drawing
from wardmark.plaques.artwork.pdf import as_pdf
from wardmark.plaques.artwork.plate import Inscription, plate
from wardmark.plaques.artwork.png import as_png
from wardmark.plaques.artwork.svg import as_svg
from wardmark.plaques.artwork.symbol import Symbol, encode

__all__ = [
    "ArtworkRefused",
    "Drawing",
    "Inscription",
    "Symbol",
    "as_pdf",
    "as_png",
    "as_svg",
    "encode",
    "plate",
]
