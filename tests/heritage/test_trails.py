import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from heritage.leaflet import way_words
from heritage.models import Festival, HeritageSitePage, Honour, TrailPage, TrailStop
from heritage.stops_seen import left_out, trails_through, walk_on
from media.photos import CUTS
from tests.factories import (
    AudioFactory,
    FoodVendorPageFactory,
    HeritageKindFactory,
    HeritageSitePageFactory,
    PersonPageFactory,
    PictureFactory,
    ShopPageFactory,
    StandardPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
    TrailIndexPageFactory,
    TrailPageFactory,
    translate,
)
from wardmark.base.publishing import NotReady

pytestmark = pytest.mark.django_db


def shown(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def titles(walk) -> list[str]:
    return [stop.page.title for stop in walk.stops]


def in_order(trail: TrailPage, *order: int) -> TrailPage:
    """Return the trail with those of its stops, in that order, not saved yet."""
    page = TrailPage.objects.get(pk=trail.pk)
    stops = list(page.stops.all())
    for number, place in enumerate(order):
        stops[place].sort_order = number
    page.stops = [stops[place] for place in order]
    return page


@pytest.fixture
def trails(ward):
    index = TrailIndexPageFactory(parent=ward.homes["vi"])
    translate(index, "Trails")
    return index


@pytest.fixture
def street(ward):
    index = StreetIndexPageFactory(parent=ward.homes["vi"])
    translate(index, "Streets")
    return StreetPageFactory(parent=index, title="Phố Trần Thái Tông")


@pytest.fixture
def places(heritage, street) -> list:
    """A site, a street, a shop and another site; the street has no position."""
    return [
        HeritageSitePageFactory(parent=heritage, title="Chùa Duệ Tú", latitude="21.035800", longitude="105.802200"),
        street,
        ShopPageFactory(parent=street, title="Hiệu sách", latitude="21.036000", longitude="105.803000"),
        HeritageSitePageFactory(parent=heritage, title="Chùa Hoa Lăng", latitude="21.038440", longitude="105.805440"),
    ]


@pytest.fixture
def trail(trails, places) -> TrailPage:
    pagoda, street, shop, last = places
    way = {"metres_on": 220, "way_on": "theo Trần Thái Tông"}
    return TrailPageFactory(parent=trails, title="Ỷ Lan", stops=[pagoda, (street, way), shop, last])


def test_a_trail_leads_through_places_of_any_kind_in_the_editors_order(client, trail, places):
    content = shown(client, trail)
    stops = content[content.index('class="stops"') :]
    assert re.findall(r'card__number">(\d)</span><a href="([^"]+)"', stops) == [
        (str(number), place.url) for number, place in enumerate(places, start=1)
    ]
    assert "220 m theo Trần Thái Tông" in stops
    assert walk_on(trail).unknown_legs == 1


def test_the_plaque_of_each_stop_says_where_it_is_and_how_to_go_on(client, trail, places):
    for number, place in enumerate(places, start=1):
        content = shown(client, place)
        part = content[content.index('id="trails"') :]
        part = part[: part.index("</section>")]
        assert f'href="{trail.url}"' in part
        near = [places[n - 1].url for n in (number - 1, number + 1) if 1 <= n <= 4]
        assert {other.url for other in places if f'href="{other.url}"' in part} == set(near)
        assert content.index("<h1>") < content.index('href="#trails"') < content.index('id="trails"')
    assert "220 m theo Trần Thái Tông" in shown(client, places[1])


def test_a_food_vendor_is_a_stop_as_any_shop(client, trails, places, street):
    vendor = FoodVendorPageFactory(parent=street)
    trail = TrailPageFactory(parent=trails, stops=[vendor, places[0]])
    assert f'href="{trail.url}"' in shown(client, vendor)


def test_a_street_that_is_only_a_line_is_a_stop_half_way_along_it(client, trail, places):
    street = places[1]
    street.line = {"type": "MultiLineString", "coordinates": [[[105.8022, 21.0360], [105.8022, 21.0380]]]}
    street.save()
    walk = walk_on(trail)
    assert walk.stops[1].seen.position == street.position
    assert walk.unknown_legs == 0
    [on] = trails_through(places[0])
    assert on.here.leg.metres == 130


def test_a_place_on_several_trails_names_them_all_and_a_place_on_none_nothing(client, trails, trail, places, heritage):
    other = TrailPageFactory(parent=trails, stops=[places[3], places[0]])
    content = shown(client, places[0])
    assert content.count("data-stamp-here") == 2
    assert content.index(f'href="{trail.url}"') < content.index(f'href="{other.url}"')
    alone = shown(client, HeritageSitePageFactory(parent=heritage))
    assert "trail.js" not in alone
    assert "#trails" not in alone


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "restrict above"])
def test_a_stop_that_visitors_may_not_see_is_left_out_and_the_others_close_up(client, trail, places, hide, street):
    hidden = places[2]
    if hide == "unpublish":
        hidden.unpublish()
    else:
        above = hidden if hide == "restrict" else street
        PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    left = [place for place in places if place != hidden and not (hide == "restrict above" and place == street)]
    walk = walk_on(trail)
    assert titles(walk) == [place.title for place in left]
    assert [stop.number for stop in walk.stops] == list(range(1, len(left) + 1))
    assert hidden in [page.specific for page in left_out(trail)]
    assert hidden.title not in shown(client, trail)
    [on] = trails_through(HeritageSitePage.objects.get(pk=places[3].pk))
    assert (on.here.number, on.next, on.previous.page.title) == (len(left), None, left[-2].title)
    assert "theo Trần Thái Tông" not in shown(client, trail)


def test_a_deleted_place_takes_its_stop_along_and_nothing_breaks(client, editor_client, trail, places):
    draft = trail.save_revision()
    places[2].delete()
    assert titles(walk_on(TrailPage.objects.get(pk=trail.pk))) == ["Chùa Duệ Tú", "Phố Trần Thái Tông", "Chùa Hoa Lăng"]
    assert shown(client, trail)
    assert editor_client.get(reverse("wagtailadmin_pages:edit", args=[trail.pk])).status_code == 200
    draft.publish()
    for place in (places[0], places[1]):
        place.delete()
    # One place is left: no trail to be on, but both pages still open.
    assert "#trails" not in shown(client, places[3])
    assert shown(client, trail)
    places[3].delete()
    assert shown(client, trail)


def test_a_street_is_not_said_to_run_as_the_crow_flies(client, trails, places):
    pagoda, _street, shop, _last = places
    trail = TrailPageFactory(parent=trails, stops=[(pagoda, {"way_on": "theo phố Thử"}), shop])
    [leg] = walk_on(trail).legs
    for content in (shown(client, trail), way_words(leg)):
        way, distance = content.index("theo phố Thử"), content.index(leg.distance, content.index("theo phố Thử"))
        assert content[way:distance] == "theo phố Thử · "


def test_the_way_to_a_deleted_place_is_not_told_of_the_next_one(client, trail, places):
    draft = trail.save_revision()
    places[2].delete()
    for page in (trail, places[1]):
        assert "220 m theo Trần Thái Tông" not in shown(client, page)
    draft.publish()
    assert "220 m theo Trần Thái Tông" not in shown(client, trail)


def test_a_trail_in_a_language_that_the_site_gave_up_breaks_no_page(client, trail, places):
    korean = Locale.all_objects.create(language_code="ko")
    trail.copy_for_translation(korean, copy_parents=True).save_revision().publish()
    assert f'href="{trail.url}"' in shown(client, places[0])


def test_a_stop_offers_the_same_map_apps_as_the_page_of_its_place(client, trail, places):
    stops = shown(client, trail).split('class="stops"')[1].split("</ol>")[0].split('<li class="stop"')[1:]
    assert ["<details" in stop for stop in stops] == [True, False, True, True]
    place = HeritageSitePage.objects.get(pk=places[0].pk)
    assert len(place.map_links) == 3
    for link in place.map_links:
        assert f'href="{escape(link.url)}"' in stops[0]


def test_an_untranslated_copy_of_a_trail_says_which_language_its_words_are_in(client, ward, trails, trail):
    copy = trail.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    content = shown(client, copy)
    assert f'<h1 lang="vi">{trail.title}</h1>' in content
    assert f'<p class="lead" lang="vi">{trail.summary}</p>' in content


def test_an_untranslated_copy_of_a_stop_is_led_to_and_says_which_language_its_words_are_in(client, trail, places):
    copy = places[0].copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    content = shown(client, translate(trail, "In the Footsteps of Ỷ Lan"))
    assert f'<a href="{copy.url}" lang="vi" hreflang="vi">' in content


def test_each_language_leads_to_its_own_pages_and_to_vietnamese_where_there_is_none(client, trail, places):
    english = translate(places[0], "Duệ Tú Pagoda")
    english_trail = translate(trail, "In the Footsteps of Ỷ Lan")
    assert titles(walk_on(english_trail)) == ["Duệ Tú Pagoda", "Phố Trần Thái Tông", "Hiệu sách", "Chùa Hoa Lăng"]
    content = shown(client, english_trail)
    assert f'<a href="{english.url}">' in content
    assert f'<a href="{places[3].url}" lang="vi" hreflang="vi">' in content
    assert english.title not in shown(client, trail)
    at_the_gate = shown(client, english)
    assert f'href="{english_trail.url}"' in at_the_gate
    assert f'href="{places[1].url}" lang="vi"' in at_the_gate


def test_a_trail_not_yet_translated_is_named_in_vietnamese_on_an_english_page(client, trail, places):
    content = shown(client, translate(places[0], "Duệ Tú Pagoda"))
    assert f'href="{trail.url}" lang="vi" hreflang="vi"' in content


def test_a_closed_or_unpublished_trail_is_not_named_at_its_stops(client, trail, places):
    closed = PageViewRestriction.objects.create(page=trail, restriction_type=PageViewRestriction.LOGIN)
    assert trail.title not in shown(client, places[0])
    closed.delete()
    trail.unpublish()
    assert trail.title not in shown(client, places[0])


def test_a_translated_trail_keeps_up_with_its_source_and_has_words_of_its_own(trail, places):
    english = Locale.objects.get(language_code="en")
    source, _created = TranslationSource.update_or_create_from_instance(TrailPage.objects.get(pk=trail.pk))
    Translation.objects.create(source=source, target_locale=english)
    source.create_or_update_translation(english, fallback=True)
    page = in_order(trail, 1, 0)
    page.save_revision().publish()
    source.update_from_db()
    source.create_or_update_translation(english, fallback=True)
    translation = TrailPage.objects.get(pk=page.get_translation(english).pk)
    assert titles(walk_on(translation)) == ["Phố Trần Thái Tông", "Chùa Duệ Tú"]
    assert [stop.metres_on for stop in translation.stops.all()] == [220, None]
    segments = source.stringsegment_set.values_list("string__data", flat=True)
    assert "theo Trần Thái Tông" in segments


def test_a_draft_is_previewed_with_its_stops_in_their_new_order(editor_client, trail):
    page = in_order(trail, 3, 2, 1, 0)
    revision = page.save_revision()
    preview = editor_client.get(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]))
    content = preview.content.decode()
    stops = content[content.index('class="stops"') :]
    assert stops.index("Chùa Hoa Lăng") < stops.index("Hiệu sách") < stops.index("Chùa Duệ Tú")


def test_the_photo_of_a_trail_is_cut_when_it_is_published(trails, places, django_capture_on_commit_callbacks):
    picture = PictureFactory()
    with django_capture_on_commit_callbacks(execute=True):
        TrailPageFactory(parent=trails, photo=picture, photo_alt="Cổng", stops=places[:2])
    assert set(CUTS["page"].specs) <= set(picture.renditions.values_list("filter_spec", flat=True))


def test_a_trail_of_which_no_stop_is_seen_offers_no_stamp(client, trails, heritage):
    drafts = [HeritageSitePageFactory(parent=heritage, live=False) for _number in range(2)]
    content = shown(client, TrailPageFactory(parent=trails, stops=drafts))
    assert "data-stamp-card" not in content
    assert "trail.js" not in content


# ---- what the editor is told -------------------------------------------------------------------


def form_of(trail_title: str, places: list[Page]) -> dict:
    stops = [{"place": str(place.pk), "way_on": "", "metres_on": "", "id": ""} for place in places]
    return nested_form_data(
        {
            "title": trail_title,
            "slug": "loi-moi",
            "summary": "",
            "promise": "",
            "photo": "",
            "photo_alt": "",
            "story": streamfield([]),
            "seo_title": "",
            "search_description": "",
            "stops": inline_formset(stops),
            "comments": inline_formset([]),
        }
    )


def test_an_editor_makes_a_trail(editor_client, trails, places):
    url = reverse("wagtailadmin_pages:add", args=["heritage", "trailpage", trails.pk])
    assert editor_client.get(url).status_code == 200
    editor_client.post(url, form_of("Lối mới", places[:2]) | {"action-publish": "1"})
    assert titles(walk_on(TrailPage.objects.get(title="Lối mới", live=True))) == [place.title for place in places[:2]]


@pytest.mark.parametrize(("chosen", "complaint"), [([0], "too few"), ([0, 1, 0], "twice")])
def test_what_is_no_trail_is_refused_in_the_editor_in_plain_words(editor_client, trails, places, chosen, complaint):
    url = reverse("wagtailadmin_pages:add", args=["heritage", "trailpage", trails.pk])
    form = form_of("Lối mới", [places[number] for number in chosen]) | {"action-publish": "1"}
    response = editor_client.post(url, form)
    assert response.status_code == 200
    formset = response.context["form"].formsets["stops"]
    if complaint == "twice":
        assert places[0].title in formset.forms[2].errors["place"][0]
    else:
        assert "2" in formset.non_form_errors()[0]
    assert not TrailPage.objects.filter(title="Lối mới").exists()


def test_a_draft_may_have_a_single_stop(editor_client, trails, places):
    url = reverse("wagtailadmin_pages:add", args=["heritage", "trailpage", trails.pk])
    editor_client.post(url, form_of("Lối mới", places[:1]))
    assert TrailPage.objects.get(title="Lối mới").live is False


def test_a_trail_of_one_stop_is_not_published_by_any_other_way_either(trails, places):
    trail = TrailPage(title="Lối mới", slug="loi-moi", live=False)
    trail.stops = [TrailStop(place=places[0], locale=places[0].locale)]
    trails.add_child(instance=trail)
    with pytest.raises(NotReady):
        trail.save_revision().publish()


def test_only_a_place_is_a_stop(ward):
    text = StandardPageFactory(parent=ward.homes["vi"])
    with pytest.raises(ValidationError) as refused:
        TrailStop(place=text).clean()
    assert list(refused.value.message_dict) == ["place"]


def test_the_editor_sees_which_stops_visitors_do_not(editor_client, trail, places):
    url = reverse("wagtailadmin_pages:edit", args=[trail.pk])
    assert "help-warning" not in editor_client.get(url).content.decode()
    places[2].unpublish()
    content = editor_client.get(url).content.decode()
    warning = content[content.index("help-warning") :]
    assert places[2].title in warning[: warning.index("</ul>")]


def test_a_claim_without_a_source_holds_a_trail_back(trail):
    claim = {"kind": "tradition", "text": "<p>Lời kể.</p>", "sources": [], "others": []}
    trail.story = [("claim", claim)]
    assert list(trail.what_hinders_publishing()) == ["story"]


# ---- where trails are found --------------------------------------------------------------------


def test_home_page_list_and_search_name_the_trail(client, ward, trails, trail):
    home, listed = shown(client, ward.homes["vi"]), shown(client, trails)
    for content in (home, listed):
        assert f'href="{trail.url}"' in content
    assert f'href="{trails.url}"' in home
    assert trail.title in client.get(reverse("search"), {"q": "y lan"}).content.decode()


def test_a_changed_stop_makes_all_pages_anew(client, trail, places, settings, django_capture_on_commit_callbacks):
    settings.PAGE_CACHE_SECONDS = 300
    assert "220 m theo Trần Thái Tông" in shown(client, places[1])
    page = TrailPage.objects.get(pk=trail.pk)
    stops = list(page.stops.all())
    stops[1].metres_on = 230
    page.stops = stops
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "230 m theo Trần Thái Tông" in shown(client, places[1])


# ---- what it costs -----------------------------------------------------------------------------


def queries(client, page) -> int:
    client.get(page.url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page.url).status_code == 200
    assert len(captured) <= 12, "\n".join(query["sql"][:200] for query in captured)
    return len(captured)


def full_site(heritage) -> HeritageSitePage:
    """A site with all that a site's page may show besides its trails."""
    site = HeritageSitePageFactory(
        parent=heritage,
        kind_of_site=HeritageKindFactory(),
        photo=PictureFactory(),
        photo_alt="Đình",
        latitude="21.035000",
        longitude="105.800000",
    )
    page = HeritageSitePage.objects.get(pk=site.pk)
    page.honours.add(Honour(person=PersonPageFactory(parent=heritage), locale=page.locale))
    page.festivals.add(Festival(day=12, month=2, locale=page.locale))
    page.audio_guides.create(audio=AudioFactory())
    page.save_revision().publish()
    return page


def test_a_site_with_people_festivals_and_recordings_has_its_trails_within_twelve_queries(
    client, heritage, trails, places
):
    site = full_site(heritage)
    TrailPageFactory(parent=trails, stops=[site, *places])
    few = queries(client, site)
    more = [HeritageSitePageFactory(parent=heritage) for _number in range(8)]
    TrailPageFactory(parent=trails, stops=[*more, site])
    assert queries(client, site) == few


def test_the_number_of_stops_costs_a_trail_no_query(client, heritage, trails, trail, places):
    picture = PictureFactory()
    for place in places:
        place.photo, place.photo_alt = picture, "Ảnh"
        place.save()
    few = queries(client, trail)
    more = [HeritageSitePageFactory(parent=heritage, photo=PictureFactory(), photo_alt="Đình") for _number in range(8)]
    assert queries(client, TrailPageFactory(parent=trails, stops=[*places, *more])) == few


def test_streets_shops_and_the_home_page_keep_their_budget_with_trails(client, ward, trail, places):
    for page in (*places, ward.homes["vi"]):
        queries(client, page)


def test_a_trail_offers_to_keep_its_pages_and_says_what_there_is_to_hear_weighs(client, heritage, trails, places):
    site = full_site(heritage)
    site.audio_guides.create(audio=AudioFactory(language="en", size=7_000_000))
    [first] = [guide.audio for guide in site.audio_guides.all() if guide.audio.language == "vi"]
    trail = TrailPageFactory(parent=trails, stops=[site, *places])
    html = client.get(trail.url).content.decode()
    offer = re.search(r'<section class="keep" data-keep="([^"]*)".*?</section>', html, re.DOTALL)
    assert offer[1].split() == [trail.url, site.url, *(place.url for place in places)]
    # The first recording of the page, in its language.
    assert re.search(r'value="(\d+)" data-keep-audio', offer[0])[1] == str(first.size)
    queries(client, trail)
