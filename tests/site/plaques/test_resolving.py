import sqlite3

import pytest
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_VERSION, SiteRootPath

from tests.factories import (
    HeritageIndexPageFactory,
    HeritageSitePageFactory,
    ShopPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
    translate,
)
from wardmark.plaques import scans
from wardmark.plaques.models import Plaque, ScanCount

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(heritage):
    page = HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")
    translate(page, "Bối Hà Communal House")
    return page


def code_of(page) -> str:
    return Plaque.objects.for_page(page).code


@pytest.mark.parametrize(
    ("accepted", "path"),
    [
        ("vi", "/vi/di-tich/dinh-boi-ha/"),
        ("en-GB,en;q=0.9", "/en/di-tich/dinh-boi-ha/"),
        ("en;q=0.5, vi;q=0.9", "/vi/di-tich/dinh-boi-ha/"),
        ("zh-TW;q=0.9, en;q=0.8", "/en/di-tich/dinh-boi-ha/#wished-other"),
        ("fr, en;q=0.4", "/en/di-tich/dinh-boi-ha/#wished-other"),
        ("ko, ja;q=0.8", "/en/di-tich/dinh-boi-ha/#wished-other"),
        ("en;q=0, fr", "/vi/di-tich/dinh-boi-ha/#wished-other"),
        ("vi;q=0", "/en/di-tich/dinh-boi-ha/"),
        ("*", "/vi/di-tich/dinh-boi-ha/"),
        ("", "/vi/di-tich/dinh-boi-ha/"),
        (";;;q=x,,", "/vi/di-tich/dinh-boi-ha/"),
    ],
)
def test_a_scan_opens_the_page_in_the_visitors_language(client, place, accepted, path):
    response = client.get(f"/q/{code_of(place)}", headers={"accept-language": accepted})
    assert response.status_code == 302
    assert response.headers["Location"] == path


@pytest.mark.parametrize(
    "change", [str.lower, str.upper, lambda code: f"{code[:3]}-{code[3:]}", lambda code: code + "/"]
)
def test_the_code_answers_in_any_case_and_grouping(client, place, change):
    assert client.get(f"/q/{change(code_of(place))}").status_code == 302


def test_a_redirect_is_never_cached_and_varies_by_language(client, place):
    response = client.get(f"/q/{code_of(place)}")
    assert "no-store" in response.headers["Cache-Control"]
    assert "accept-language" in response.headers["Vary"].lower()


def test_a_scan_is_counted_in_the_language_shown(client, place):
    for accepted in ("en", "en", "vi"):
        client.get(f"/q/{code_of(place)}", headers={"accept-language": accepted})
    counts = dict(ScanCount.objects.values_list("language", "scans"))
    assert counts == {"en": 2, "vi": 1}


@pytest.mark.parametrize(
    "send",
    [
        lambda client, url: client.head(url),
        lambda client, url: client.get(url, headers={"sec-purpose": "prefetch"}),
        lambda client, url: client.get(url, headers={"sec-purpose": "prefetch;prerender"}),
    ],
)
def test_what_no_person_sees_is_not_counted(client, place, send):
    assert send(client, f"/q/{code_of(place)}").status_code == 302
    assert not ScanCount.objects.exists()


def test_a_form_cannot_be_posted_to_a_code(client, place):
    assert client.post(f"/q/{code_of(place)}").status_code == 405


def answer_to(request):
    """The answer as the application gives it to the server, not yet sent and closed."""
    application = BaseHandler()
    application.load_middleware()
    return application.get_response(request)


def test_a_scan_is_in_the_database_before_the_visitor_is_sent_on(rf, place):
    answer = answer_to(rf.get(f"/q/{code_of(place)}"))
    assert answer.status_code == 302
    assert ScanCount.objects.get().scans == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets others write meanwhile")
@pytest.mark.django_db(transaction=True)
def test_while_another_writes_the_visitor_goes_on_and_the_scan_is_counted_afterwards(rf, place):
    request = rf.get(f"/q/{code_of(place)}")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = answer_to(request)
    assert answer.status_code == 302
    assert not ScanCount.objects.exists()
    other.execute("ROLLBACK")
    other.close()
    scans._counted_later.submit(int).result(timeout=60)  # after what waits before it
    assert ScanCount.objects.get().scans == 1
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000


def test_the_visitor_goes_on_when_the_count_cannot_be_written(client, place, monkeypatch):
    def full_disk(**kwargs):
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr("wardmark.plaques.scans.count_scan", full_disk)
    assert client.get(f"/q/{code_of(place)}").status_code == 302
    scans._counted_later.submit(int).result(timeout=60)


@pytest.mark.parametrize(
    ("accepted", "words"), [("vi", "Đây không phải mã của phường"), ("en", "not one of our codes")]
)
@pytest.mark.parametrize("code", ["0000000", "7K3M9X", "hello", "../../etc", "%00"])
def test_an_unknown_code_says_so_in_the_visitors_language_and_offers_search(client, ward, accepted, words, code):
    response = client.get(f"/q/{code}", headers={"accept-language": accepted})
    if code == "../../etc":
        assert response.status_code in {302, 404}
        return
    assert response.status_code == 404
    assert words in response.content.decode()
    assert 'role="search"' in response.content.decode()
    assert f'lang="{accepted}"' in response.content.decode()


def test_a_typed_code_is_never_run_as_markup(client, ward):
    response = client.get("/q/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    ("accepted", "name", "above"), [("vi", "Đình Bối Hà", "Di tích"), ("en", "Bối Hà Communal House", "Heritage")]
)
@pytest.mark.parametrize(
    "away", [lambda page: page.unpublish(), lambda page: page.delete()], ids=["unpublished", "deleted"]
)
def test_an_issued_code_without_a_live_page_names_the_place_and_leads_on(client, place, accepted, name, above, away):
    code = code_of(place)
    neighbour = HeritageSitePageFactory(parent=place.get_parent(), title="Chùa Hà")
    translate(neighbour, "Hà Pagoda")
    for page in Page.objects.filter(translation_key=place.translation_key).specific():
        away(page)
    response = client.get(f"/q/{code}", headers={"accept-language": accepted})
    html = response.content.decode()
    assert response.status_code == 200
    assert name in html
    assert f">{above}<" in html or f" {above}</a>" in html
    assert {"vi": "Chùa Hà", "en": "Hà Pagoda"}[accepted] in html
    assert ScanCount.objects.get().scans == 1


def test_only_the_other_language_left_is_shown_rather_than_nothing(client, place):
    code = code_of(place)
    place.unpublish()
    response = client.get(f"/q/{code}", headers={"accept-language": "vi"})
    assert response.headers["Location"] == "/en/di-tich/dinh-boi-ha/#wished-vi"


def test_a_moved_page_keeps_its_code(client, ward):
    index = StreetIndexPageFactory(parent=ward.homes["vi"])
    old, new = StreetPageFactory(parent=index, title="Phố cũ"), StreetPageFactory(parent=index, title="Phố mới")
    shop = ShopPageFactory(parent=old, title="Tiệm Minh Hoạ")
    code = code_of(shop)
    shop.move(new, pos="last-child")
    response = client.get(f"/q/{code}")
    assert response.headers["Location"] == "/vi/tuyen-pho/pho-moi/tiem-minh-hoa/"


def test_a_whole_street_moved_and_deleted_leads_its_shops_to_what_is_left(client, ward):
    """The street is taken down with all its shops; each code still leads to the nearest page that is left."""
    index = StreetIndexPageFactory(parent=ward.homes["vi"])
    street = StreetPageFactory(parent=index, title="Phố cũ")
    codes = [code_of(ShopPageFactory(parent=street)) for _ in range(3)]
    street.refresh_from_db()
    street.delete()
    for code in codes:
        response = client.get(f"/q/{code}")
        assert response.status_code == 200
        assert "/vi/tuyen-pho/" in response.content.decode()


def queries_to_move_a_street_with(shops: int, ward) -> int:
    index = StreetIndexPageFactory(parent=ward.homes["vi"], title=f"Tuyến phố {shops}")
    old, new = (
        StreetPageFactory(parent=index),
        HeritageIndexPageFactory(parent=ward.homes["vi"], title=f"Di tích {shops}"),
    )
    below = [ShopPageFactory(parent=old) for _ in range(shops)]
    old.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        old.move(new, pos="last-child")
    for shop in below:
        keys = Plaque.objects.for_page(shop).ancestor_keys
        assert keys == [str(page.translation_key) for page in (old, new, ward.homes["vi"])]
    return len(queries)


def test_moving_a_street_teaches_its_shops_plaques_at_a_cost_that_does_not_grow(ward):
    queries_to_move_a_street_with(1, ward)  # fills caches
    reindexing_one_shop = 4  # the search index's own work per page moved
    few, many = queries_to_move_a_street_with(2, ward), queries_to_move_a_street_with(6, ward)
    assert many - few <= 4 * reindexing_one_shop


def test_a_scan_costs_few_queries(client, place, django_assert_max_num_queries):
    client.get(f"/q/{code_of(place)}")
    code = code_of(place)
    with django_assert_max_num_queries(5):
        client.get(f"/q/{code}")


def test_a_code_typed_into_the_form_is_said_to_be_ours(client, place):
    response = client.get("/q/", {"code": f" {code_of(place).lower()} "})
    assert response.status_code == 200
    assert f'href="/q/{code_of(place)}"' in response.content.decode()


def test_the_form_to_type_a_code_speaks_the_visitors_language(client, ward):
    assert "Bảy ký tự" in client.get("/q/", headers={"accept-language": "vi"}).content.decode()
    assert "Seven characters" in client.get("/q/", headers={"accept-language": "en"}).content.decode()


def test_the_language_switch_of_a_plaque_page_stays_on_the_plaque(client, place):
    """These addresses have no language of their own: there is nothing to switch to."""
    html = client.get("/q/0000000").content.decode()
    assert "/vi/q/" not in html
    assert "/en/q/" not in html


@pytest.mark.parametrize("typed", ["/", "..", "///", "."])
def test_what_is_no_code_at_all_brings_the_form_back(client, ward, typed):
    response = client.get("/q/", {"code": typed})
    assert response.status_code == 200
    assert "form" in response.content.decode()


def test_the_whole_printed_link_may_be_pasted(client, place):
    link = f"https://cg.example/q/{code_of(place)}/"
    response = client.get("/q/", {"code": link})
    assert f'href="/q/{code_of(place)}"' in response.content.decode()


def test_a_code_typed_over_two_lines_is_read_as_one(client, place):
    code = code_of(place)
    typed = client.get("/q/", {"code": f" {code[:3]}\n{code[3:]}\t"})
    assert f'href="/q/{code}"' in typed.content.decode()
    assert client.get("/q/", {"code": "\n \r"}).status_code == 200


def test_an_address_below_a_code_is_an_unknown_code(client, ward):
    response = client.get("/q/AAA/BBB", headers={"accept-language": "en"})
    assert response.status_code == 404
    assert "not one of our codes" in response.content.decode()


def test_the_language_switch_of_a_code_page_changes_its_language(client, ward):
    vietnamese = client.get("/q/0000000", headers={"accept-language": "vi"}).content.decode()
    assert "/q/0000000?language=en" in vietnamese
    english = client.get("/q/0000000?language=en", headers={"accept-language": "vi"}).content.decode()
    assert "not one of our codes" in english


def test_a_scan_survives_a_process_that_remembers_the_homes_old_place(client, place):
    code = code_of(place)
    client.get(f"/q/{code}")
    stale = [(root.site_id, "/moved-away/", root.root_url, root.language_code) for root in Site.get_site_root_paths()]
    cache.set("wagtail_site_root_paths", [SiteRootPath(*root) for root in stale], version=SITE_ROOT_PATHS_CACHE_VERSION)
    assert client.get(f"/q/{code}").headers["Location"].endswith("/di-tich/dinh-boi-ha/")


def test_the_plaque_of_an_alias_opens_the_alias(client, place):
    alias = place.create_alias(update_slug="dinh-hai-ten")
    assert client.get(f"/q/{code_of(alias)}").headers["Location"].endswith("/dinh-hai-ten/")


def test_a_page_behind_a_sign_in_is_named_nowhere_else(client, place):
    beside = HeritageSitePageFactory(parent=place.get_parent(), title="Kho của phường")
    PageViewRestriction.objects.create(page=beside, restriction_type=PageViewRestriction.LOGIN)
    for path in ("/vi/", "/vi/di-tich/", "/vi/di-tich/dinh-boi-ha/", "/vi/tim-kiem/?q=kho"):
        assert "Kho của phường" not in client.get(path).content.decode(), path
