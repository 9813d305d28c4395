"""After a change of SEALING_KEYS: encrypt every sign-in number with the newest key."""

from django.core.management.base import BaseCommand, CommandError

from wardmark.accounts import phone_changes, phones
from wardmark.accounts.models import PhoneChange, SignInPhone
from wardmark.base.sealing import CannotBeOpened


class Command(BaseCommand):
    help = (
        "Encrypt all sign-in numbers with the first of SEALING_KEYS. Run it after a new key was put first; only when "
        "it says that none is left may the old key be taken away. It may be stopped and run again."
    )

    def handle(self, *args, **options):
        done, lost = 0, []
        for row in SignInPhone.objects.order_by("pk").iterator():
            done += self._tried(phones.reseal, row, f"of user {row.person_id}", lost)
        for change in PhoneChange.objects.waiting().order_by("pk").iterator():
            done += self._tried(phone_changes.reseal, change, f"of change {change.key}", lost)
        self.stdout.write(f"{done} numbers were encrypted anew.")
        if lost:
            raise CommandError(
                f"{len(lost)} cannot be read with any of SEALING_KEYS: {', '.join(lost)}. Keep every old key until "
                "none is left."
            )
        self.stdout.write("None is left under an older key: it may be taken away.")

    def _tried(self, reseal, row, name, lost) -> int:
        try:
            reseal(row)
        except CannotBeOpened:
            lost.append(name)
            return 0
        return 1
