"""Files that nothing names any more and that are still to be removed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FileToRemove(models.Model):
    """A private file whose row let go of it, until storage has removed it too."""

    name = models.CharField(_("file"), max_length=200, unique=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("file to remove")
        verbose_name_plural = _("files to remove")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return self.name
