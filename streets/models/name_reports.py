"""What payers said of the name their bank's app showed."""

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from streets.models.payment_accounts import PaymentAccount


class NameVerdict(models.TextChoices):
    SAME = "same", _("Right name")
    OTHER = "other", _("Other name")


class NameMismatch(models.Model):
    """Somebody saw another name. It is kept for 24 hours, to tell two people from one who taps twice.

    `person` and `place` are hashes with a salt of the day, which is dropped: afterwards they say nothing.
    """

    account = models.ForeignKey(PaymentAccount, on_delete=models.PROTECT, related_name="mismatches")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    day = models.DateField()
    person = models.CharField(max_length=32)
    place = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("other name seen by a payer")
        verbose_name_plural = _("other names seen by payers")
        default_permissions = ()
        indexes = [models.Index(fields=["account", "at"], name="streets_mismatch_of_account")]

    def __str__(self):
        return f"{self.account_id} {self.at:%Y-%m-%d %H:%M}"


class NameCountQuerySet(models.QuerySet):
    def count_one(self, *, account: PaymentAccount, verdict: NameVerdict) -> None:
        row = {"account": account, "verdict": verdict, "day": timezone.localdate()}
        if not self.filter(**row).update(times=F("times") + 1):
            counted, is_new = self.get_or_create(**row, defaults={"times": 1})
            if not is_new:
                self.filter(pk=counted.pk).update(times=F("times") + 1)


class NameCount(models.Model):
    """How often payers said so of an account on one day in the ward."""

    account = models.ForeignKey(PaymentAccount, on_delete=models.PROTECT, related_name="name_counts")
    day = models.DateField(_("day"))
    verdict = models.CharField(_("said"), max_length=5, choices=NameVerdict.choices)
    times = models.PositiveIntegerField(_("times"), default=1)

    objects = NameCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of what payers said")
        verbose_name_plural = _("counts of what payers said")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["account", "day", "verdict"], name="streets_name_count_once_per_day")
        ]

    def __str__(self):
        return f"{self.account_id} {self.day} {self.verdict} {self.times}"
