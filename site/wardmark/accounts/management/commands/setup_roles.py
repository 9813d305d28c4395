from django.core.management.base import BaseCommand

from wardmark.accounts.roles import ensure_roles


class Command(BaseCommand):
    help = "Make the groups of the ward's staff and give them their permissions. May be run again at any time."

    def handle(self, *args, **options):
        for group in ensure_roles():
            self.stdout.write(f"{group.name}: {group.permissions.count()} permissions")
