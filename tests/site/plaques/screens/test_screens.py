import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.factories import HeritageSitePageFactory, PictureFactory, translate
from wardmark.plaques.lifecycle import retire
from wardmark.plaques.linking import issue_further
from wardmark.plaques.models import Plaque, Screen, ScreenPage
from wardmark.plaques.screens.lineup import Why, lineup

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites(heritage):
    return [HeritageSitePageFactory(parent=heritage, title=f"Đình {name}") for name in ("Một", "Hai", "Ba")]


def hang(*pages, **fields) -> Screen:
    measures = {"width_cm": 121, "height_cm": 68, "distance_m": Decimal(3)}
    screen = Screen(**{"name": "Một cửa", "slug": "mot-cua", **measures, **fields})
    screen.entries = [ScreenPage(page=page, sort_order=number) for number, page in enumerate(pages)]
    screen.full_clean()
    screen.save()
    return screen


def address(screen: Screen, language: str = "vi") -> str:
    with translation.override(language):
        return reverse("screens:show", args=[screen.slug])


def seen(client, screen: Screen, n: int = 0, language: str = "vi") -> str:
    response = client.get(address(screen, language), {"n": n})
    assert response.status_code == 200
    return response.content.decode()


def title(html: str) -> str:
    return re.search(r"<h1>(.*?)</h1>", html)[1]


def test_pages_come_in_the_editors_order_and_round_again(client, sites):
    screen = hang(sites[2], sites[0])
    assert [title(seen(client, screen, n)) for n in (0, 1, 2)] == ["Đình Ba", "Đình Một", "Đình Ba"]


@pytest.mark.parametrize("n", ["", "-1", "x", "1e9", "²", "9" * 50])
def test_a_strange_number_shows_the_first(client, sites, n):
    screen = hang(*sites)
    assert "Đình Một" in client.get(address(screen), {"n": n}).content.decode()


def test_without_a_script_the_browser_goes_to_the_next_after_the_seconds(client, sites):
    screen = hang(*sites, seconds=25)
    refresh = f'<noscript><meta http-equiv="refresh" content="25; url={address(screen)}?n=%s"></noscript>'
    assert refresh % 1 in seen(client, screen, 0)
    assert refresh % 0 in seen(client, screen, 2)


def test_each_page_shows_the_code_of_its_primary_plaque(client, sites):
    issue_further(page=sites[0], by=None, label="cổng sau")
    html = seen(client, hang(sites[0]))
    assert Plaque.objects.for_page(sites[0]).printed_code in html
    assert 'fill="#000000"' in html
    assert 'fill="#ffffff"' in html


def test_its_page_is_shown_in_the_language_of_the_address_and_else_in_its_own(client, sites):
    translate(sites[0], "First House")
    screen = hang(*sites)
    assert title(seen(client, screen, 0, "en")) == "First House"
    assert title(seen(client, screen, 1, "en")) == "Đình Hai"


def test_drafts_closed_pages_and_retired_codes_are_left_out_and_the_editor_reads_why(heritage, sites, client):
    draft = HeritageSitePageFactory(parent=heritage, title="Nháp", live=False)
    closed = HeritageSitePageFactory(parent=heritage, title="Đóng")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    retire(plaque=Plaque.objects.for_page(sites[1]), by=None, why="Gỡ")
    bare = sites[0].get_root().add_child(instance=Page(title="Không phải của ta", slug="bare"))
    screen = hang(draft, closed, *sites, bare)
    found = lineup(screen, "vi")
    assert [slide.page.title for slide in found.slides] == ["Đình Một", "Đình Ba"]
    assert [(page.title, why) for page, why in found.left_out] == [
        ("Nháp", Why.DRAFT),
        ("Đóng", Why.CLOSED),
        ("Đình Hai", Why.NO_CODE),
        ("Không phải của ta", Why.NO_CODE),
    ]
    for n in range(6):
        assert title(seen(client, screen, n)) in {"Đình Một", "Đình Ba"}


def test_an_unpublished_original_shows_its_translation(sites):
    translate(sites[0], "First House")
    screen = hang(sites[0])
    sites[0].unpublish()
    assert [slide.page.title for slide in lineup(screen, "vi").slides] == ["First House"]


@pytest.mark.parametrize("live", [None, False])
def test_a_screen_with_nothing_to_show_says_so_and_asks_again(client, heritage, live):
    pages = [] if live is None else [HeritageSitePageFactory(parent=heritage, live=live)]
    html = seen(client, hang(*pages))
    assert title(html) == "Một cửa"
    assert 'http-equiv="refresh"' in html
    assert "slide__code" not in html


def test_more_pages_cost_no_more_queries(client, heritage):
    def queries(number: int) -> int:
        pages = [HeritageSitePageFactory(parent=heritage, photo=PictureFactory(), photo_alt="x") for _ in range(number)]
        screen = hang(*pages, slug=f"man-{number}")
        seen(client, screen)
        with CaptureQueriesContext(connection) as captured:
            seen(client, screen)
        return len(captured)

    assert queries(2) == queries(9)


def test_screens_are_found_by_no_search_engine_and_kept_by_no_cache(client, sites):
    response = client.get(address(hang(*sites)))
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "style=" not in response.content.decode()


def test_the_only_screen_is_opened_at_once_and_several_are_listed(client, sites):
    index = reverse("screens:index")
    assert client.get(index).status_code == 200
    screen = hang(*sites)
    assert client.get(index).headers["Location"] == address(screen)
    other = hang(*sites, name="Nhà văn hoá", slug="nha-van-hoa")
    html = client.get(index).content.decode()
    for one in (screen, other):
        assert f'href="{address(one)}"' in html


def test_an_unknown_screen_is_not_found(client, ward):
    assert client.get(reverse("screens:show", args=["khong-co"])).status_code == 404


def test_a_code_that_does_not_fit_is_refused_with_the_farthest_distance():
    with pytest.raises(ValidationError) as refused:
        Screen(name="X", slug="x", width_cm=121, height_cm=68, distance_m=Decimal(8)).full_clean()
    [message] = refused.value.message_dict["distance_m"]
    assert "8 m" in message
    assert "4 m" in message


def form(*pages, **changed) -> dict:
    entries = inline_formset([{"page": str(page.pk)} for page in pages])
    fields = {"name": "Một cửa", "slug": "mot-cua", "width_cm": "121", "height_cm": "68", "seconds": "20"}
    return nested_form_data({**fields, "distance_m": "3", "entries": entries, **changed})


def test_an_editor_sets_up_a_screen_and_reads_what_it_shows(editor_client, heritage, sites):
    draft = HeritageSitePageFactory(parent=heritage, title="Nháp", live=False)
    response = editor_client.post(reverse("screen:add"), form(sites[1], draft, sites[0]))
    assert response.status_code == 302, response.context["form"].errors
    screen = Screen.objects.get()
    assert [entry.page.title for entry in screen.entries.order_by("sort_order")] == ["Đình Hai", "Nháp", "Đình Một"]
    html = editor_client.get(reverse("screen:edit", args=[screen.pk])).content.decode()
    assert address(screen) in html
    assert f"Nháp: {gettext('not published')}" in html


def test_an_editor_is_told_beside_the_distance_that_the_code_does_not_fit(editor_client, sites):
    response = editor_client.post(reverse("screen:add"), form(sites[0], distance_m="8"))
    assert response.context["form"].errors.keys() == {"distance_m"}
    assert not Screen.objects.exists()


def test_the_list_of_screens_says_how_many_pages_each_has(editor_client, sites):
    hang(*sites)
    cells = re.findall(r"<td[^>]*>\s*(.*?)\s*</td>", editor_client.get(reverse("screen:index")).content.decode())
    assert "3" in cells


def test_the_list_of_screens_costs_the_same_queries_for_one_and_for_many(editor_client, sites):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor_client.get(reverse("screen:index")).status_code == 200
        return len(captured)

    hang(*sites)
    queries()
    few = queries()
    for n in range(5):
        hang(*sites, slug=f"man-{n}")
    assert queries() == few


def test_whoever_has_no_right_over_screens_gets_no_screen_of_the_admin(client, sites, django_user_model):
    user = django_user_model.objects.create_user("khach", password="khach-1")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    screen = hang(*sites)
    for name, args in (("index", []), ("add", []), ("edit", [screen.pk]), ("delete", [screen.pk])):
        assert client.get(reverse(f"screen:{name}", args=args)).status_code == 302
    client.post(reverse("screen:delete", args=[screen.pk]))
    assert Screen.objects.exists()
