"""Plaques and what is known of them."""

from wardmark.plaques.models.alerts import FROM_VISITORS, AlertKind, PlaqueAlert
from wardmark.plaques.models.checks import Finding, PlaqueCheck
from wardmark.plaques.models.event_kinds import EventKind
from wardmark.plaques.models.history import PlaqueEvent
from wardmark.plaques.models.link_requests import Decision, LinkRequest
from wardmark.plaques.models.plaque_queries import (
    CHECKED_EVERY,
    PlaqueIsForever,
    PlaqueQuerySet,
    UnrecordedChange,
)
from wardmark.plaques.models.plaques import Plaque, pages_with
from wardmark.plaques.models.print_jobs import FileKind, JobState, Output, PrintJob, PrintPart, PrintPiece, SheetSize
from wardmark.plaques.models.scans import ScanCount
from wardmark.plaques.models.screens import Screen, ScreenPage
from wardmark.plaques.models.states import OUT_IN_THE_WORLD, STANDING, Material, PlaqueState

__all__ = [
    "CHECKED_EVERY",
    "FROM_VISITORS",
    "OUT_IN_THE_WORLD",
    "STANDING",
    "AlertKind",
    "Decision",
    "EventKind",
    "FileKind",
    "Finding",
    "JobState",
    "LinkRequest",
    "Material",
    "Output",
    "Plaque",
    "PlaqueAlert",
    "PlaqueCheck",
    "PlaqueEvent",
    "PlaqueIsForever",
    "PlaqueQuerySet",
    "PlaqueState",
    "PrintJob",
    "PrintPart",
    "PrintPiece",
    "ScanCount",
    "Screen",
    "ScreenPage",
    "SheetSize",
    "UnrecordedChange",
    "pages_with",
]
