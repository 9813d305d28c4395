import json
import stat
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page

from heritage.models import HeritageSitePage
from streets.models import FoodVendorPage, ShopPage
from wardmark.base.models import HomePage, PlacePage
from wardmark.plaques.models import Plaque, PlaqueAlert


@pytest.mark.django_db
def test_the_demonstration_loads_once_and_a_second_run_keeps_what_people_changed(settings, tmp_path, client):
    settings.VAR = tmp_path
    Page.objects.filter(depth__gt=1).delete()
    said = StringIO()
    call_command("demo", stdout=said)
    for language in ("vi", "en"):
        places = HeritageSitePage.objects.live().filter(locale__language_code=language)
        shops = ShopPage.objects.live().filter(locale__language_code=language)
        assert places.count() == 10
        assert shops.count() == 12
        assert FoodVendorPage.objects.filter(pk__in=shops).exists()
    pages = [page for page in Page.objects.live().specific() if isinstance(page, PlacePage)]
    assert all(page.full_clean() is None for page in pages)
    keys = {page.translation_key for page in Page.objects.filter(depth__gt=1)}
    assert Plaque.objects.primary().count() == len(keys)
    # What a keeper meets on a round: further plaques, blank ones, one that needs a look, old ones.
    assert Plaque.objects.blank().count() == 2
    assert set(Plaque.objects.values_list("state", flat=True)) == {"planned", "installed", "damaged", "retired"}
    assert Plaque.objects.unchecked().exists()
    assert PlaqueAlert.objects.open().exists()
    assert Plaque.objects.filter(replaced_by__isnull=False).exists()

    sign_ins = tmp_path / "demo-sign-ins.json"
    assert stat.S_IMODE(sign_ins.stat().st_mode) == 0o600
    for row in json.loads(sign_ins.read_text()):
        assert f"{row['user']} / {row['password']}" in said.getvalue()
        assert client.login(username=row["user"], password=row["password"])

    page = HeritageSitePage.objects.live().first()
    page.title = "Tên do người sửa"
    page.save_revision().publish()
    before = (Page.objects.count(), Plaque.objects.count(), sign_ins.read_text())
    call_command("demo", stdout=StringIO())
    assert (Page.objects.count(), Plaque.objects.count(), sign_ins.read_text()) == before
    assert HeritageSitePage.objects.get(pk=page.pk).title == "Tên do người sửa"
    assert HomePage.objects.count() == 2
