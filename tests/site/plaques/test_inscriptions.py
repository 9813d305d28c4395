import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Locale

from tests.factories import (
    FoodVendorPageFactory,
    HeritageSitePageFactory,
    ShopCategoryFactory,
    ShopPageFactory,
    StandardPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
    translate,
)
from wardmark.plaques.inscriptions import inscription_for, inscriptions_for, proof_reason
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")


def plaque_of(page) -> Plaque:
    return Plaque.objects.issue_primary(page)


def test_a_plaque_carries_both_names_ward_seal_code_and_link(place):
    translate(place, "Bối Hà Communal House")
    plaque = plaque_of(place)
    words = inscription_for(plaque)
    assert (words.name, words.other_name) == ("Đình Bối Hà", "Bối Hà Communal House")
    assert (words.ward, words.seal_letters) == ("Phường Thử", "PT")
    assert (words.code, words.short_link) == (plaque.code, f"https://cg.example/q/{plaque.code}")


def test_each_language_promises_what_its_page_promises(place):
    place.promise = "Vị tướng nào được thờ ở đây"
    place.save_revision().publish()
    english = translate(place, "Bối Hà Communal House")
    english.promise = "Which general is honoured here"
    english.save_revision().publish()
    promise = inscription_for(plaque_of(place)).promise
    assert promise == ("Vị tướng nào được thờ ở đây", "Which general is honoured here")


def test_without_a_promise_of_its_own_a_plaque_says_what_fits_the_kind_of_page(ward, heritage):
    index = StreetIndexPageFactory(parent=ward.homes["vi"])
    street = StreetPageFactory(parent=index)
    pages = [
        StandardPageFactory(parent=ward.homes["vi"]),
        HeritageSitePageFactory(parent=heritage),
        street,
        ShopPageFactory(parent=street, category=ShopCategoryFactory()),
        FoodVendorPageFactory(parent=street, category=ShopCategoryFactory()),
    ]
    promises = [inscription_for(plaque_of(page)).promise[1] for page in pages]
    assert len(set(promises)) == len(pages)
    with override("en"):
        assert promises == [type(page).usual_promise() for page in pages]


def test_no_promise_of_a_kind_is_longer_than_an_editor_may_write(ward):
    for page in (StandardPageFactory, HeritageSitePageFactory, StreetPageFactory, FoodVendorPageFactory):
        model = page._meta.model
        for language in ("vi", "en"):
            with override(language):
                assert len(model.usual_promise()) <= model._meta.get_field("promise").max_length


def test_a_blank_plaque_carries_ward_and_promise_but_no_name(ward):
    plaque = Plaque.objects.issue()
    words = inscriptions_for([plaque])[plaque.pk]
    assert words.is_blank
    assert (words.name, words.other_name, words.ward) == ("", "", "Phường Thử")
    assert all(words.promise)


def test_the_plaque_of_a_deleted_page_keeps_the_names_it_remembers(place):
    translate(place, "Bối Hà Communal House")
    plaque = plaque_of(place)
    for page in [*place.get_translations(inclusive=True)]:
        page.delete()
    plaque.refresh_from_db()
    words = inscriptions_for([plaque])[plaque.pk]
    assert (words.name, words.other_name) == ("Đình Bối Hà", "Bối Hà Communal House")


def test_an_untranslated_copy_gives_no_second_name(place):
    place.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    assert inscription_for(plaque_of(place)).other_name == ""


def test_many_inscriptions_are_those_of_each_alone(ward, heritage):
    pages = [HeritageSitePageFactory(parent=heritage) for _ in range(3)]
    pages.append(StandardPageFactory(parent=ward.homes["vi"]))
    translate(pages[0], "Another name")
    plaques = [plaque_of(page) for page in pages]
    together = inscriptions_for(plaques)
    for plaque in plaques:
        assert together[plaque.pk] == inscription_for(plaque)


def test_a_thousand_inscriptions_take_as_many_queries_as_a_few(ward, heritage):
    def queries(plaques) -> int:
        with CaptureQueriesContext(connection) as captured:
            inscriptions = inscriptions_for(plaques)
        assert len(inscriptions) == len(plaques)
        return len(captured)

    pages = [HeritageSitePageFactory(parent=heritage) for _ in range(20)]
    pages += [StandardPageFactory(parent=ward.homes["vi"]) for _ in range(20)]
    placed = [plaque_of(page) for page in pages]
    blank = [Plaque.objects.issue() for _ in range(5)]
    queries(blank)  # Wagtail looks for the sites' roots once and keeps them
    few = queries([placed[0], placed[20], blank[0]])
    assert few <= 10
    # Further plaques of the same pages count like any others.
    further = [Plaque(pk=-number, code=f"{number:07}", page_key=placed[number % 40].page_key) for number in range(955)]
    assert queries([*placed, *blank, *further]) == few


@pytest.mark.parametrize(
    ("url", "is_proof"),
    [
        ("https://caugiay.example", False),
        ("http://caugiay.example", True),
        ("http://127.0.0.1:8000", True),
        ("https://plaques.local", True),
    ],
)
def test_a_plaque_is_a_proof_while_its_address_does_not_open_for_everybody(place, settings, url, is_proof):
    settings.PLAQUE_BASE_URL = url
    words = inscription_for(plaque_of(place))
    assert bool(words.proof_reason) is is_proof
    assert words.proof_reason == proof_reason()
    if is_proof:
        assert url in words.proof_reason
