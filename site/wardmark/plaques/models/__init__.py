"""Plaques and what is known of them."""

from wardmark.plaques.models.plaques import Plaque, PlaqueIsForever, PlaqueQuerySet
from wardmark.plaques.models.scans import ScanCount

__all__ = ["Plaque", "PlaqueIsForever", "PlaqueQuerySet", "ScanCount"]
