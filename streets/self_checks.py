"""Taking down a vendor's own check of its kitchen."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from streets.models import SelfCheck, SelfCheckPoint, Shop


class SelfCheckRefused(Exception):
    """This check cannot be taken; the message says why."""


@transaction.atomic
def record_self_check(
    *,
    shop: Shop,
    points: Iterable[SelfCheckPoint],
    by: AbstractBaseUser | None,
    by_vendor: bool,
    on: date | None = None,
) -> SelfCheck:
    """Keep which points the vendor says are met on a day. Raises SelfCheckRefused for a day to come."""
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise SelfCheckRefused(_("This day is still to come."))
    met = list(points)
    asked = SelfCheckPoint.objects.count()
    if not asked:
        raise SelfCheckRefused(_("The ward has not entered the points of the self-check yet."))
    check = SelfCheck.objects.create(
        shop=shop, checked_on=day, asked=asked, met=len(met), entered_by=by, by_vendor=by_vendor
    )
    check.points.set(met)
    log(check, "streets.self_check.record", user=by, data={"met": check.met, "asked": asked})
    return check
