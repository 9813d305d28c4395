"""Plaques and what is known of them."""

from wardmark.plaques.models.plaques import Plaque, PlaqueIsForever, PlaqueQuerySet
from wardmark.plaques.models.print_jobs import FileKind, JobState, Output, PrintJob, PrintPart, PrintPiece, SheetSize
from wardmark.plaques.models.scans import ScanCount

__all__ = [
    "FileKind",
    "JobState",
    "Output",
    "Plaque",
    "PlaqueIsForever",
    "PlaqueQuerySet",
    "PrintJob",
    "PrintPart",
    "PrintPiece",
    "ScanCount",
    "SheetSize",
]
