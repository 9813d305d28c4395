"""What is printed of a plaque: one drawing in millimetres, in one of several formats, written as SVG, PNG or PDF."""

from wardmark.plaques.artwork.drawing import ArtworkRefused, Drawing
from wardmark.plaques.artwork.formats import FORMATS, Format
from wardmark.plaques.artwork.inscription import Inscription
from wardmark.plaques.artwork.layouts import lay_out
from wardmark.plaques.artwork.pdf import as_pdf
from wardmark.plaques.artwork.png import as_png
from wardmark.plaques.artwork.svg import as_svg
from wardmark.plaques.artwork.symbol import Symbol, encode

__all__ = [
    "FORMATS",
    "ArtworkRefused",
    "Drawing",
    "Format",
    "Inscription",
    "Symbol",
    "as_pdf",
    "as_png",
    "as_svg",
    "encode",
    "lay_out",
]
