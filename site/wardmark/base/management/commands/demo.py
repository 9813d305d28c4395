import json

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, Site

from wardmark.base.addresses import site_address
from wardmark.base.demo import load_demo
from wardmark.base.models import PlacePage


class Command(BaseCommand):
    help = "Load the demonstration ward, once, and print the addresses and sign-ins to try."

    def handle(self, *args, **options):
        self.stdout.write("Loading the demonstration ward …")
        if not load_demo(self.stdout.write):
            self.stdout.write("It is here already; what people changed stays as it is.")
        site_address(Site.objects.get(is_default_site=True), settings.PLAQUE_BASE_URL)
        self._print_addresses()

    def _print_addresses(self) -> None:
        base = settings.PLAQUE_BASE_URL
        with override(settings.LANGUAGE_CODE):
            rows = [
                ("Site", f"{base}/"),
                ("A phone page", f"{base}{self._a_place()}"),
                ("Admin", f"{base}{reverse('wagtailadmin_home')}"),
                ("Vendors", f"{base}{reverse('portal:home')}"),
            ]
        self.stdout.write("")
        for name, value in rows:
            self.stdout.write(f"  {name:<14}{value}")
        sign_ins = settings.VAR / "demo-sign-ins.json"
        if sign_ins.exists():
            for row in json.loads(sign_ins.read_text()):
                by_phone = f", or by phone {row['phone']}" if row.get("phone") else ""
                self.stdout.write(f"  {row['role']:<14}{row['user']} / {row['password']}{by_phone}")
        self.stdout.write("")

    def _a_place(self) -> str:
        pages = Page.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path").specific()
        return next((page.get_url() for page in pages if isinstance(page, PlacePage)), "/")
