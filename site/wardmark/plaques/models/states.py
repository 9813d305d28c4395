"""The states of a plaque, and what plaques are made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaqueState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    PRINTED = "printed", _("Printed")
    INSTALLED = "installed", _("Installed")
    DAMAGED = "damaged", _("Damaged")
    LOST = "lost", _("Lost")
    RETIRED = "retired", _("Retired")


# What hangs on a wall, well or badly.
STANDING = frozenset({PlaqueState.INSTALLED, PlaqueState.DAMAGED})
# What has left the print shop: somebody may scan it one day.
OUT_IN_THE_WORLD = STANDING | {PlaqueState.PRINTED, PlaqueState.LOST}


class Material(models.TextChoices):
    STAINLESS_STEEL = "stainless_steel", _("Stainless steel")
    ALUMINIUM = "aluminium", _("Aluminium")
    STONE = "stone", _("Stone")
    WOOD = "wood", _("Wood")
    ACRYLIC = "acrylic", _("Acrylic")
    STICKER = "sticker", _("Sticker")
    PAPER = "paper", _("Paper")
    OTHER = "other", _("Other")
