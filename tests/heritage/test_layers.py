"""What a visitor gets of a site: three layers, names, era, way in, manners."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heritage.access import Wheelchair
from heritage.models import Authority, HeritageSitePage, Rank
from tests.factories import HeritageKindFactory, HeritageSitePageFactory, PictureFactory, translate
from tests.heritage.stories import account, before_after, claim, gallery, moment, picture, story, timeline

pytestmark = pytest.mark.django_db


def seen(client, page) -> str:
    return client.get(page.url).content.decode()


def test_the_first_layer_is_open_and_the_others_unfold_without_a_script(client, heritage):
    page = HeritageSitePageFactory(
        parent=heritage,
        summary="Ba mươi giây.",
        story=story(("paragraph", "<p>Hai phút.</p>")),
        in_depth=story(("heading", "Sâu hơn"), ("paragraph", "<p>Rất lâu.</p>")),
    )
    html = seen(client, page)
    folded = [part.split("</details>")[0] for part in html.split('<details class="layer"')[1:]]
    assert len(folded) == 2
    assert all(part.split(">")[0] in {' id="story"', ' id="in-depth"'} for part in folded)
    assert "Hai phút." in folded[0]
    assert "Rất lâu." in folded[1]
    assert "<h3>Sâu hơn</h3>" in folded[1]
    assert html.index("Ba mươi giây.", html.index("<h1>")) < html.index("<details")


def test_a_layer_that_is_not_written_is_not_offered(client, heritage):
    assert "<details class=" not in seen(client, HeritageSitePageFactory(parent=heritage))


def test_the_name_in_its_own_characters_says_its_language(client, heritage):
    html = seen(client, HeritageSitePageFactory(parent=heritage, han_nom_name="聖主寺", also_called="Chùa Vồi"))
    assert 'lang="vi-Hani">聖主寺</p>' in html
    assert "Chùa Vồi" in html


def test_a_site_is_found_by_its_other_names(client, heritage):
    page = HeritageSitePageFactory(parent=heritage, title="Chùa Hà", also_called="chùa Vồi", han_nom_name="聖德寺")
    for asked in ("voi", "Vồi", "聖德寺"):
        assert page.title in client.get("/vi/tim-kiem/", {"q": asked}).content.decode()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"era_from": 1500, "era_to": 1400, "era": "thời Lê"}, "era_to"),
        ({"era_to": 1400, "era": "thời Lê"}, "era_from"),
        ({"era_from": 1400}, "era"),
        ({"era_from": 2190, "era": "mai sau"}, "era_from"),
        ({"manners": "\n".join(["Nói khẽ"] * 9)}, "manners"),
        ({"manners": "a" * 101}, "manners"),
    ],
)
def test_a_wrong_era_or_list_is_refused_at_its_field(heritage, fields, wrong):
    with pytest.raises(ValidationError) as refused:
        HeritageSitePage(title="Đình Thử", **fields).clean()
    assert list(refused.value.message_dict) == [wrong]


@pytest.mark.parametrize(("start", "end"), [(-200, 300), (1400, 1400), (1400, None), (None, None)])
def test_an_era_may_be_known_in_part(start, end):
    HeritageSitePage(title="Đình Thử", era="xưa", era_from=start, era_to=end).clean()


def test_this_year_is_not_still_to_come():
    HeritageSitePage(title="Đình Thử", era="nay", era_from=timezone.localdate().year).clean()


def test_sites_sort_by_their_era(heritage):
    late, early = (HeritageSitePageFactory(parent=heritage, era="x", era_from=year) for year in (1740, 1063))
    assert list(HeritageSitePage.objects.order_by("era_from")) == [early, late]


def test_the_years_of_the_era_are_never_shown(client, heritage):
    html = seen(client, HeritageSitePageFactory(parent=heritage, era="đầu thời Lê", era_from=1437, era_to=1438))
    assert "đầu thời Lê" in html
    assert "1437" not in html


def test_nothing_is_said_of_a_way_in_nobody_has_looked_at():
    assert HeritageSitePage().access_lines == []


def test_what_is_known_of_the_way_in_is_said(client, heritage):
    page = HeritageSitePageFactory(
        parent=heritage, steps=3, wheelchair=Wheelchair.LIMITED, access_note="Cổng bên không bậc"
    )
    assert len(page.access_lines) == 3
    html = seen(client, page)
    assert "Cổng bên không bậc" in html
    assert len(HeritageSitePage(steps=0, wheelchair=Wheelchair.NO).access_lines) == 2


def test_manners_are_a_list(client, heritage):
    html = seen(client, HeritageSitePageFactory(parent=heritage, manners="Cởi giày\n\n Nói khẽ \n"))
    assert "<li>Cởi giày</li><li>Nói khẽ</li>" in html


def test_the_decision_names_who_took_it(client, heritage):
    page = HeritageSitePageFactory(
        parent=heritage, rank=Rank.NATIONAL, rank_authority=Authority.MINISTER, rank_decision="100-VH/QĐ"
    )
    assert page.decision_label.startswith("100-VH/QĐ · ")
    assert "100-VH/QĐ" in seen(client, page)


def test_the_kind_is_named_in_the_visitors_language_and_a_ward_without_kinds_works(client, heritage):
    kind = HeritageKindFactory(names={"vi": "Đình", "en": "Communal house"})
    page = HeritageSitePageFactory(parent=heritage, kind_of_site=kind)
    english = translate(page, "House")
    assert '<p class="place__kind">Đình</p>' in seen(client, page)
    assert '<p class="place__kind">Communal house</p>' in seen(client, english)
    assert client.get(HeritageSitePageFactory(parent=heritage).url).status_code == 200


def full_site(heritage) -> HeritageSitePage:
    layer = story(
        claim(others=[account()]),
        picture("Cổng"),
        picture("Giếng"),
        gallery("Bia", "Sân", "Hồ"),
        timeline(moment(), moment("1740")),
        before_after(),
    )
    return HeritageSitePageFactory(
        parent=heritage,
        kind_of_site=HeritageKindFactory(),
        photo=PictureFactory(),
        photo_alt="Đình",
        era="thời Lê",
        ranked_on=date(1989, 1, 21),
        rank=Rank.NATIONAL,
        story=layer,
        in_depth=layer,
    )


def test_a_full_page_costs_at_most_twelve_queries(client, heritage):
    page = full_site(heritage)
    english = translate(page, "House")
    for _ in range(4):
        HeritageSitePageFactory(parent=heritage, kind_of_site=HeritageKindFactory())
    for shown in (page, english):
        seen(client, shown)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(shown.url).status_code == 200
        assert len(captured) <= 12, "\n".join(query["sql"][:160] for query in captured)


def test_more_sites_in_the_list_cost_no_more_queries(client, heritage, django_assert_num_queries):
    HeritageSitePageFactory(parent=heritage, kind_of_site=HeritageKindFactory())
    seen(client, heritage)
    with CaptureQueriesContext(connection) as few:
        seen(client, heritage)
    for _ in range(5):
        HeritageSitePageFactory(parent=heritage, kind_of_site=HeritageKindFactory())
    with django_assert_num_queries(len(few)):
        seen(client, heritage)
