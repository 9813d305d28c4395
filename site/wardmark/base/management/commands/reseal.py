"""After a change of SEALING_KEYS: encrypt everything that is sealed with the newest key."""

from django.core.management.base import BaseCommand, CommandError

from wardmark.base.resealing import reseal_all


class Command(BaseCommand):
    help = (
        "Encrypt all account numbers, telephone numbers and other sealed texts with the first of SEALING_KEYS. Run it "
        "after a new key was put first; docs/operators-guide.md says when the old key may be taken away. It may be "
        "stopped and run again."
    )

    def handle(self, *args, **options):
        result = reseal_all()
        self.stdout.write(f"{result.done} texts were encrypted anew.")
        if result.lost:
            raise CommandError(
                f"{len(result.lost)} cannot be read with any of SEALING_KEYS: {', '.join(result.lost)}. Keep every old "
                "key until none is left."
            )
        self.stdout.write(
            "None is left under an older key. It may be taken away once the codes on paper that it signed are over."
        )
