"""After a change of SEALING_KEYS: encrypt every account number with the newest key."""

from django.core.management.base import BaseCommand, CommandError

from streets.models import PaymentAccount
from streets.payments import reseal
from wardmark.base.sealing import CannotBeOpened


class Command(BaseCommand):
    help = (
        "Encrypt all account numbers with the first of SEALING_KEYS. Run it after a new key was put first; only when "
        "it says that none is left may the old key be taken away. It may be stopped and run again."
    )

    def handle(self, *args, **options):
        done, lost = 0, []
        for account in PaymentAccount.objects.select_related("shop").order_by("pk").iterator():
            try:
                done += reseal(account=account)
            except CannotBeOpened:
                lost.append(account.printed_serial)
        self.stdout.write(f"{done} account numbers were encrypted anew.")
        if lost:
            raise CommandError(
                f"{len(lost)} cannot be read with any of SEALING_KEYS: {', '.join(lost)}. Keep every old key until "
                "none is left."
            )
        self.stdout.write("None is left under an older key: it may be taken away.")
