from django.core.management.base import BaseCommand

from wardmark.base.work import work


class Command(BaseCommand):
    help = "Do the site's background work (print jobs, chores) until stopped. Run one beside the web server."

    def handle(self, *args, **options):
        work()
