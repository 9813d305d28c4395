import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from tests.factories import HeritageSitePageFactory, PictureFactory
from tests.site.plaques.printed import print_plaque
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import install, retire
from wardmark.plaques.linking import issue_further, relink
from wardmark.plaques.models import AlertKind, EventKind, Plaque
from wardmark.plaques.telling import Change, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")


@pytest.fixture
def plaque(place):
    return Plaque.objects.for_page(place)


def last(plaque: Plaque):
    with override("en"):
        return told(plaque.events.all()[:1])[0]


def changes(plaque: Plaque) -> dict[str, tuple[str, str]]:
    return {change.label: (change.old, change.new) for change in last(plaque).changes}


def test_values_are_told_as_people_say_them(editor, plaque):
    picture = PictureFactory(title="Biển trên cổng")
    with changing(plaque, kind=EventKind.CHANGED, by=editor, why="Đo lại") as current:
        current.label, current.material, current.photo = "Cổng chính", "stone", picture
        current.latitude, current.longitude = "21.037110", "105.794890"
    line = last(plaque)
    assert (line.what, line.who, line.why) == ("Details changed", "bientap", "Đo lại")
    told_changes = changes(plaque)
    assert told_changes["Place"] == ("–", "Cổng chính")
    assert told_changes["Material"] == ("–", "Stone")
    assert told_changes["Photo of the plaque"] == ("–", "Biển trên cổng")
    assert told_changes["Latitude"] == ("–", "21.037110")


def test_states_days_and_successors_are_told_by_name(editor, place, plaque):
    new = issue_further(page=place, by=editor, label="Cổng mới")
    install(plaque=plaque, by=editor)
    assert changes(plaque)["State"] == ("Planned", "Installed")
    retire(plaque=plaque, by=editor, why="Cổng đã dời", replaced_by=new)
    assert changes(plaque)["Replaced by"] == ("–", new.printed_code)
    assert last(plaque).what == "Replaced"


def test_pages_are_told_by_title_even_when_they_are_gone(editor, heritage, place, plaque):
    other = HeritageSitePageFactory(parent=heritage, title="Chùa Duệ Tú")
    relink(plaque=plaque, page=other, by=editor, why="Nhầm trang")
    place.delete()
    assert Change("Page", "Đình Bối Hà", "Chùa Duệ Tú") in last(plaque).changes


def test_the_print_is_told_with_day_format_and_address(editor, plaque):
    print_plaque(plaque, "relic-plate", by=editor)
    told_changes = changes(plaque)
    assert told_changes["Format"] == ("–", "Relic plate")
    with override("en"):
        day = date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    assert told_changes["Printed on"][1].startswith(day)


def test_what_a_visitor_or_the_site_did_has_no_name(plaque):
    raise_alert(plaque=plaque, kind=AlertKind.PASTED_OVER)
    assert last(plaque).who == "a visitor or the site itself"
    assert changes(plaque) == {"Alert": ("–", "Code pasted over")}
    with override("en"):
        assert told(plaque.events.all())[-1].who == "the site itself"


def test_telling_costs_the_same_queries_for_one_line_and_for_many(editor, place, plaque, django_assert_max_num_queries):
    for number in range(10):
        new = issue_further(page=place, by=editor, label=f"Bia {number}")
        with changing(plaque, kind=EventKind.CHANGED, by=editor) as current:
            current.photo = PictureFactory()
        retire(plaque=plaque, by=editor, why="Thay", replaced_by=new)
        install(plaque=plaque, by=editor)
    events = list(plaque.events.all())
    with django_assert_max_num_queries(4):
        told(events)
