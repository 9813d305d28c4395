"""How a visitor gets in, as far as anybody has looked."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Wheelchair(TextChoices):
    """Whether a wheelchair gets in. The values are those of OpenStreetMap's key `wheelchair`."""

    UNKNOWN = "unknown", _("Not yet known")
    YES = "yes", _("Yes")
    LIMITED = "limited", _("Partly")
    NO = "no", _("No")
