from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import PageViewRestriction

from tests.factories import (
    HeritageSitePageFactory,
    PictureFactory,
    ShopCategoryFactory,
    ShopPageFactory,
    StreetPageFactory,
    translate,
)
from wardmark.base.models import WardSettings
from wardmark.base.page_cache import MARK
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.PAGE_CACHE_SECONDS = 300


@pytest.fixture
def house(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Vòng", photo=PictureFactory(), photo_alt="Cổng")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done inside is committed, as far as anybody who waits for a commit can tell."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def seen(client, page) -> str:
    return client.get(page.url).content.decode()


def queries(client, page) -> int:
    """What the page costs now; a kept one nothing."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page.url).status_code == 200
    return len(captured)


def test_the_second_visitor_costs_no_query(client, house):
    first = client.get(house.url)
    assert queries(client, house) == 0
    second = client.get(house.url)
    assert second.content == first.content
    assert second.headers == first.headers


def test_each_language_keeps_its_own_page(client, house):
    english = translate(house, "Vòng Communal House")
    for page in (house, english):
        seen(client, page)
    assert "<h1>Đình Vòng</h1>" in seen(client, house)
    assert "<h1>Vòng Communal House</h1>" in seen(client, english)
    assert queries(client, house) == queries(client, english) == 0


def test_who_chose_a_language_gets_the_page_kept_for_everybody(client, house):
    seen(client, house)
    client.get(f"/language/en/?next={house.url}")
    assert client.cookies["language"].value == "en"
    assert queries(client, house) == 0
    assert queries(Client(headers={"accept-language": "ko"}), house) == 0


def test_a_host_keeps_its_own_pages(client, house):
    translate(house, "Vòng Communal House")
    client.get(house.url, headers={"host": "localhost"})
    other = client.get(house.url, headers={"host": "testserver"}).content.decode()
    assert "http://testserver" in other
    assert "http://localhost" not in other


def shop_of(house):
    street = StreetPageFactory(parent=house.get_parent().get_parent(), title="Phố Thử")
    return ShopPageFactory(parent=street, title="Quán Thử", category=ShopCategoryFactory(names={"vi": "Phở"}))


def rename(house):
    house.title = "Đình Mới"
    house.save_revision().publish()


def reword_the_ward(house):
    ward = WardSettings.for_site(house.get_site())
    wording = ward.wordings.get(language="vi")
    wording.name = "Phường Mới"
    wording.save()


def credit_the_photo(house):
    house.photo.credit = "Ảnh Mới"
    house.photo.save()


def add_a_neighbour(house):
    HeritageSitePageFactory(parent=house.get_parent(), title="Chùa Mới")


@pytest.mark.parametrize("change", [rename, reword_the_ward, credit_the_photo, add_a_neighbour])
def test_a_change_is_seen_by_the_next_visitor(client, house, committed, change):
    assert "Mới" not in seen(client, house)
    with committed():
        change(house)
    assert "Mới" in seen(client, house)


def test_a_word_of_a_small_list_is_seen_by_the_next_visitor(client, house, committed):
    shop = shop_of(house)
    assert "Phở" in seen(client, shop)
    with committed():
        wording = shop.category.wordings.get(language="vi")
        wording.name = "Bún chả"
        wording.save()
    assert "Bún chả" in seen(client, shop)


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_a_page_taken_away_is_gone_for_the_next_visitor(client, house, committed, how):
    seen(client, house)
    with committed():
        getattr(house, how)()
    assert client.get(house.url).status_code == 404


def test_a_page_moved_away_is_no_longer_at_its_old_address(client, house, committed):
    shop = shop_of(house)
    old = shop.url
    other = StreetPageFactory(parent=shop.get_parent().get_parent(), title="Phố Khác")
    client.get(old)
    with committed():
        shop.move(other, pos="last-child")
    assert client.get(old).status_code == 301


def test_a_page_closed_meanwhile_is_closed_for_the_next_visitor(client, house, committed):
    seen(client, house)
    with committed():
        PageViewRestriction.objects.create(page=house, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(house.url).status_code == 302


def test_a_change_not_yet_committed_is_kept_for_nobody(client, house, django_capture_on_commit_callbacks):
    """A visitor beside an open transaction still gets the old page; it must not be kept as the new one."""
    before = caches["shared"].get("pages-mark")
    seen(client, house)
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        rename(house)
    mark = caches["shared"].get("pages-mark")
    assert mark is not None
    assert before is None
    for callback in waiting:
        callback()
    assert caches["shared"].get("pages-mark") != mark


def test_scans_and_sign_ins_leave_the_pages_kept(client, house, editor, committed):
    seen(client, house)
    with committed():
        client.get(f"/q/{Plaque.objects.for_page(house).code}")
        editor.last_login = timezone.now()
        editor.save()
    assert queries(client, house) == 0


def test_an_editors_open_window_and_drafts_leave_the_pages_kept(client, house, editor, committed):
    seen(client, house)
    office = Client()
    office.force_login(editor)
    with committed():
        ping = reverse(
            "wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", house.pk, _session(house, editor)]
        )
        assert office.post(ping).status_code == 200
        house.title = "Đình Nháp"
        house.save_revision()
    assert queries(client, house) == 0


def _session(page, user) -> int:
    return EditingSession.objects.create(
        user=user, content_type=page.cached_content_type, object_id=page.pk, last_seen_at=timezone.now()
    ).pk


def test_a_rendition_taken_away_is_not_shown_any_more(client, house, committed):
    address = house.photo.get_rendition("fill-780x520|format-jpeg").url
    assert address in seen(client, house)
    with committed():
        house.photo.renditions.all().delete()
    assert queries(client, house) > 0


def test_who_is_signed_in_neither_sees_nor_leaves_a_kept_page(editor_client, client, house):
    seen(editor_client, house)
    editor_client.logout()
    assert queries(client, house) > 0


def test_a_preview_neither_sees_nor_leaves_a_kept_page(client, house):
    seen(client, house)
    draft = type(house).objects.get(pk=house.pk)
    draft.title = "Đình Nháp"
    assert "Đình Nháp" in draft.make_preview_request().content.decode()
    assert queries(client, house) == 0
    assert "Đình Nháp" not in seen(client, house)


def test_a_page_behind_a_password_is_never_kept(client, house):
    PageViewRestriction.objects.create(page=house, restriction_type=PageViewRestriction.PASSWORD, password="bí mật")
    restriction = PageViewRestriction.objects.get()
    assert "Đình Vòng" not in seen(client, house)
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, house.pk])
    client.post(address, {"password": "bí mật", "return_url": house.url})
    assert "Đình Vòng" in seen(client, house)
    client.cookies.clear()
    assert "Đình Vòng" not in seen(client, house)


@pytest.mark.parametrize("path", ["/vi/tim-kiem/?q=dinh", "/vi/khong-co/", "/q/", "/q/0000000"])
def test_what_is_no_page_is_not_kept(client, house, path):
    client.get(path)
    assert not [key for key in caches["default"]._cache if "views.decorators.cache" in key]


def test_an_address_with_a_query_is_not_kept(client, house):
    client.get(f"{house.url}?fbclid=1")
    assert not [key for key in caches["default"]._cache if "views.decorators.cache" in key]


def test_a_page_is_made_anew_after_its_time(client, house):
    with time_machine.travel("2026-03-01T05:00:00Z", tick=False) as clock:
        seen(client, house)
        clock.shift(timedelta(seconds=299))
        assert queries(client, house) == 0
        clock.shift(timedelta(seconds=2))
        assert queries(client, house) > 0


def test_zero_seconds_keep_nothing(client, house, settings):
    settings.PAGE_CACHE_SECONDS = 0
    seen(client, house)
    assert queries(client, house) > 0


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"\x80\x05N."])
def test_a_mark_damaged_by_a_power_cut_is_made_anew(client, house, settings, tmp_path, damage):
    settings.CACHES = settings.CACHES | {
        "shared": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "cache"}
    }
    seen(client, house)
    mark = Path(caches["shared"]._key_to_file(MARK))
    assert mark.exists()
    mark.write_bytes(damage)
    assert "Đình Vòng" in seen(client, house)
    seen(client, house)
    assert queries(client, house) == 0


def test_a_new_version_makes_all_pages_anew(client, house, committed):
    base = apps.get_app_config("base")
    seen(client, house)
    with committed():
        post_migrate.send(sender=base, app_config=base, verbosity=0, using="default")
    assert queries(client, house) > 0


def test_without_its_shared_cache_the_site_answers_and_saves(client, house, settings, tmp_path, committed):
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file where the folder should be")
    settings.CACHES = settings.CACHES | {
        "shared": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": in_the_way}
    }
    assert "Đình Vòng" in seen(client, house)
    with committed():
        rename(house)
    assert "Đình Mới" in seen(client, house)
