"""“Right name / other name”: what payers say with one tap, and what two who saw another name bring about.

Nobody is asked who they are. Two people are told from one as `wardmark.base.passers_by` does, and the hashes are
dropped too: docs/decisions/0026-name-mismatches.md.
"""

from datetime import timedelta
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.models import NameCount, NameMismatch, NameVerdict, PaymentAccount, PaymentEventKind, Shop
from streets.payments import suspend
from streets.suspension_mail import tell_officers
from wardmark.base.languages import source_language
from wardmark.base.passers_by import Visitor

# Two people within so long suspend a card.
WITHIN = timedelta(hours=24)
# Of the salt, which is nobody else's.
_PURPOSE = "payee-names"
# From one network, so many shops' cards may be suspended by it alone in that time: a flood is no second person.
MOST_SHOPS_FROM_ONE_PLACE = 2
# So many may say something of one account in a minute and be counted; each process counts for itself.
MOST_PER_MINUTE = 20


def say_name(*, account: PaymentAccount, verdict: NameVerdict, visitor: Visitor) -> bool:
    """Count what a payer said; suspend the account where a second, independent one saw another name within 24 hours.

    Return False, with nothing written, beyond so many a minute or where the account is not active any more. Safe
    against two at once: the second waits for the first, and finds it suspended.
    """
    minute = int(timezone.now().timestamp()) // 60
    free = (cache.add(f"name-{account.pk}-{verdict}-{minute}-{n}", True, 60) for n in range(MOST_PER_MINUTE))
    if not any(free):
        return False
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=account.shop_id)
        account = PaymentAccount.objects.select_related("shop").get(pk=account.pk)
        if not account.is_active:
            return False
        if verdict == NameVerdict.SAME:
            NameCount.objects.count_one(account=account, verdict=verdict)
            return True
        return _note_mismatch(account, visitor)


def forget_old() -> None:
    """Forget who saw another name more than 24 hours ago; the counts stay. A chore of the worker."""
    NameMismatch.objects.filter(at__lt=timezone.now() - WITHIN).delete()


def _note_mismatch(account: PaymentAccount, visitor: Visitor) -> bool:
    now, today = timezone.now(), timezone.localdate()
    # Since it was suspended and looked at, only what is said afterwards counts.
    looked_at = account.events.filter(kind__in=(PaymentEventKind.ACTIVATED, PaymentEventKind.RESUMED))
    since = max(now - WITHIN, *looked_at.values_list("at", flat=True))
    before = list(account.mismatches.filter(at__gt=since))
    if any(one.person == visitor.hashed(one.day, purpose=_PURPOSE)[0] for one in before):
        return True
    person, place = visitor.hashed(today, purpose=_PURPOSE)
    NameMismatch.objects.create(account=account, at=now, day=today, person=person, place=place)
    NameCount.objects.count_one(account=account, verdict=NameVerdict.OTHER)
    others = [one for one in before if one.place != visitor.hashed(one.day, purpose=_PURPOSE)[1]]
    if others or (before and not _is_flooding(account, visitor)):
        with override(source_language()):
            why = _("Two payers independently saw another name within 24 hours.")
        suspend(account=account, by=None, why=why)
        transaction.on_commit(partial(tell_officers.enqueue, account.pk), robust=True)
    return True


def _is_flooding(account: PaymentAccount, visitor: Visitor) -> bool:
    """Say whether this network saw other names at more shops than anybody pays at in a day."""
    lately = NameMismatch.objects.filter(at__gte=timezone.now() - WITHIN).exclude(account=account)
    marks = {day: visitor.hashed(day, purpose=_PURPOSE)[1] for day in lately.values_list("day", flat=True).distinct()}
    shops = {one.account_id for one in lately if one.place == marks[one.day]}
    return len(shops) >= MOST_SHOPS_FROM_ONE_PLACE
