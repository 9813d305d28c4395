"""What may happen to a plaque."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    ISSUED = "issued", _("Code issued")
    CHANGED = "changed", _("Details changed")
    PRINTED = "printed", _("Printed")
    INSTALLED = "installed", _("Installed")
    CHECKED = "checked", _("Checked on site")
    STATE_CHANGED = "state_changed", _("State changed")
    REPLACED = "replaced", _("Replaced")
    RETIRED = "retired", _("Retired")
    LINKED = "linked", _("Given to a page")
    LINK_ASKED = "link_asked", _("Another page asked for")
    LINK_REFUSED = "link_refused", _("Another page refused")
    FORWARDED = "forwarded", _("Led elsewhere")
    ALERT_RAISED = "alert_raised", _("Alert raised")
    ALERT_CLOSED = "alert_closed", _("Alert closed")
