"""What was changed of a shop's daily facts, by whom and when. It only ever grows."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from streets.models.shops import Shop


class FactsAreForever(Exception):
    """Somebody tried to change or delete a line of what was changed."""


class FactChangeQuerySet(models.QuerySet):
    def update(self, **values):
        raise FactsAreForever("What was changed is never rewritten.")

    def delete(self):
        raise FactsAreForever("What was changed is never deleted.")


class FactChange(models.Model):
    """One field of a shop changed from one value to another; `before` is what an undo would set again."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="fact_changes")
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    what = models.CharField(_("what"), max_length=60, editable=False)
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder, editable=False)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder, editable=False)
    # Staff and vendors may leave and their accounts go; who it was stays readable. None: the site itself.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    who = models.CharField(_("name at the time"), max_length=150, blank=True, editable=False)

    objects = FactChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a shop’s facts")
        verbose_name_plural = _("changes of the shops’ facts")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["shop", "-at"], name="streets_changes_of_one_shop")]

    def __str__(self):
        return f"{self.shop_id} {self.at:%Y-%m-%d %H:%M} {self.what}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise FactsAreForever("What was changed is never rewritten.")
        if self.by_id and not self.who:
            self.who = (self.by.get_full_name() or self.by.get_username())[:150]
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise FactsAreForever("What was changed is never deleted.")
