from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import PictureFactory
from wardmark.base.places import Position
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.checking import record_check
from wardmark.plaques.lifecycle import install, retire
from wardmark.plaques.linking import issue_blanks, issue_further
from wardmark.plaques.models import AlertKind, EventKind, Finding, LinkRequest, Plaque, PlaqueState

pytestmark = pytest.mark.django_db


def screen(plaque: Plaque) -> str:
    return reverse("plaque:edit", args=[plaque.pk])


def do(name: str, plaque: Plaque) -> str:
    return reverse(f"plaque:{name}", args=[plaque.pk])


def fresh(plaque: Plaque) -> Plaque:
    return Plaque.objects.get(pk=plaque.pk)


# ---- details -----------------------------------------------------------------------------------


def test_details_are_saved_with_who_and_why(editor_client, editor, plaque):
    sent = {"label": "Cổng chính", "height_cm": "140", "material": "stone", "why": "Đo lại"}
    response = editor_client.post(screen(plaque), sent)
    assert response.headers["Location"] == screen(plaque)
    saved = fresh(plaque)
    assert (saved.label, saved.height_cm, saved.material) == ("Cổng chính", 140, "stone")
    event = plaque.events.first()
    assert (event.kind, event.by, event.why) == (EventKind.CHANGED, editor, "Đo lại")
    assert event.changes["label"] == ["", "Cổng chính"]


def test_saving_without_a_change_leaves_no_line(editor_client, plaque):
    before = plaque.events.count()
    editor_client.post(screen(plaque), {"label": "", "why": "Không có gì"})
    assert plaque.events.count() == before


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"latitude": "21.03"}, "longitude"),
        ({"longitude": "105.79"}, "latitude"),
        ({"latitude": "91", "longitude": "105"}, "latitude"),
        ({"height_cm": "1001"}, "height_cm"),
        ({"label": "x" * 81}, "label"),
        ({"next_check_on": "hôm qua"}, "next_check_on"),
    ],
)
def test_a_wrong_detail_is_marked_and_nothing_is_saved(editor_client, plaque, sent, field):
    response = editor_client.post(screen(plaque), {"material": "wood"} | sent)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert fresh(plaque).material == ""


def test_what_a_form_does_not_show_cannot_be_sent(editor_client, plaque):
    editor_client.post(screen(plaque), {"label": "Cổng", "code": "AAAAAAA", "state": "lost", "is_primary": ""})
    assert (fresh(plaque).code, fresh(plaque).state, fresh(plaque).is_primary) == (plaque.code, "planned", True)


# ---- what is shown -----------------------------------------------------------------------------


def test_the_screen_tells_checks_alerts_photo_and_the_whole_history(editor_client, editor, plaque):
    install(plaque=plaque, by=editor)
    picture = PictureFactory(title="Biển trên cổng")
    where = Position(21.037200, 105.794890)
    record_check(plaque=plaque, by=editor, finding=Finding.FINE, note="Sạch", photo=picture, position=where)
    raise_alert(plaque=plaque, kind=AlertKind.PASTED_OVER)
    html = editor_client.get(screen(plaque)).content.decode()
    for expected in (plaque.printed_code, "Sạch", "21.0372", "bientap", str(AlertKind.PASTED_OVER.label), "<img"):
        assert expected in html
    lines = editor_client.get(screen(plaque)).context["history"]
    assert len(lines) == plaque.events.count()
    seen = editor_client.get(screen(plaque)).context["checks"]
    assert [one.off_by_m for one in seen] == [0]


def test_somebody_who_may_only_look_sees_no_form_and_no_buttons(client, street_editor, plaque):
    client.force_login(street_editor)
    response = client.get(screen(plaque))
    assert response.context["actions"] == []
    assert 'name="label"' not in response.content.decode()


def test_a_script_in_a_label_or_reason_stays_text(editor_client, plaque):
    editor_client.post(screen(plaque), {"label": "<script>alert(1)</script>", "why": "<img src=x onerror=alert(1)>"})
    html = editor_client.get(screen(plaque)).content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("planned", {"install", "retire", "page"}),
        ("installed", {"damaged", "lost", "retire", "page"}),
        ("retired", {"install"}),
    ],
)
def test_only_what_can_become_of_a_plaque_is_offered(editor_client, editor, plaque, state, offered):
    if state != "planned":
        install(plaque=plaque, by=editor)
    if state == "retired":
        retire(plaque=plaque, by=editor, why="Cổng đã dời")
    urls = {action.url for action in editor_client.get(screen(plaque)).context["actions"]}
    assert urls == {do(name, plaque) for name in offered}


def test_a_blank_plaque_is_offered_a_page_and_no_wall(editor_client, editor):
    [blank] = issue_blanks(count=1, by=editor)
    urls = {action.url for action in editor_client.get(screen(blank)).context["actions"]}
    assert urls == {do("page", blank), do("retire", blank)}


# ---- changes -----------------------------------------------------------------------------------


def test_a_plaque_is_noted_as_hanging_since_a_day(editor_client, plaque):
    day = timezone.localdate() - timedelta(days=3)
    editor_client.post(do("install", plaque), {"on": day.isoformat(), "why": ""})
    assert (fresh(plaque).state, fresh(plaque).installed_on) == (PlaqueState.INSTALLED, day)


def test_a_day_to_come_is_refused_beside_the_field(editor_client, plaque):
    day = timezone.localdate() + timedelta(days=1)
    response = editor_client.post(do("install", plaque), {"on": day.isoformat()})
    assert response.context["form"].errors.keys() == {"on"}
    assert fresh(plaque).state == PlaqueState.PLANNED


def test_a_plaque_is_retired_to_its_successor_by_code(editor_client, editor, place, plaque):
    install(plaque=plaque, by=editor)
    new = issue_further(page=place, by=editor, label="Cổng mới")
    editor_client.post(do("retire", plaque), {"why": "Cổng đã dời", "successor": f" {new.printed_code.lower()} "})
    assert (fresh(plaque).state, fresh(plaque).replaced_by, fresh(plaque).retired_why) == (
        PlaqueState.RETIRED,
        new,
        "Cổng đã dời",
    )


def test_a_successor_that_leads_in_a_circle_is_refused_beside_the_field(editor_client, editor, place, plaque):
    new = issue_further(page=place, by=editor, label="Cổng mới")
    retire(plaque=new, by=editor, why="Thay", replaced_by=plaque)
    response = editor_client.post(do("retire", plaque), {"why": "Thay lại", "successor": new.code})
    assert response.context["form"].errors.keys() == {"successor"}
    assert not fresh(plaque).is_retired


@pytest.mark.parametrize("typed", ["không phải mã", "AAAAAAA", "0000000"])
def test_a_successor_nobody_knows_is_refused_beside_the_field(editor_client, plaque, typed):
    response = editor_client.post(do("retire", plaque), {"why": "Thay", "successor": typed})
    assert response.context["form"].errors.keys() == {"successor"}


def test_retiring_needs_a_reason(editor_client, plaque):
    response = editor_client.post(do("retire", plaque), {"why": "  "})
    assert response.context["form"].errors.keys() == {"why"}


def test_a_retired_plaque_comes_back_into_use(editor_client, editor, plaque):
    retire(plaque=plaque, by=editor, why="Nhầm")
    editor_client.post(do("install", plaque), {"on": timezone.localdate().isoformat(), "why": "Nhầm"})
    assert (fresh(plaque).state, fresh(plaque).retired_why) == (PlaqueState.INSTALLED, "")


def test_a_planned_plaque_is_led_to_another_page_at_once(editor_client, plaque, shop):
    editor_client.post(do("page", plaque), {"page": shop.pk, "why": "Nhầm trang"})
    assert fresh(plaque).page_key == shop.translation_key


def test_a_plaque_on_a_wall_waits_for_a_second_person(editor_client, editor, plaque, shop):
    install(plaque=plaque, by=editor)
    editor_client.post(do("page", plaque), {"page": shop.pk, "why": "Nhầm trang"})
    assert fresh(plaque).page_key == plaque.page_key
    assert LinkRequest.objects.open().get().page_key == shop.translation_key


def test_a_plaque_is_not_led_to_a_page_of_others(client, street_editor, shop, place):
    client.force_login(street_editor)
    mine = Plaque.objects.for_page(shop)
    response = client.post(do("page", mine), {"page": place.pk, "why": "Thử"})
    assert response.context["form"].errors.keys() == {"page"}
    assert fresh(mine).page_key == shop.translation_key


def test_a_blank_plaque_gets_its_page(editor_client, editor, place):
    [blank] = issue_blanks(count=1, by=editor)
    editor_client.post(do("page", blank), {"page": place.pk})
    assert fresh(blank).page_key == place.translation_key


def test_a_further_plaque_is_made_for_a_page(editor_client, place):
    editor_client.post(reverse("plaque:further", args=[place.pk]), {"label": "Bia số 2"})
    assert set(Plaque.objects.of_page(place).values_list("label", flat=True)) == {"", "Bia số 2"}


def test_a_further_plaque_needs_a_label(editor_client, place):
    response = editor_client.post(reverse("plaque:further", args=[place.pk]), {"label": " "})
    assert response.context["form"].errors.keys() == {"label"}
    assert Plaque.objects.of_page(place).count() == 1


def test_blank_plaques_are_made_and_listed_ready_to_print(editor_client):
    response = editor_client.post(reverse("plaque:blanks"), {"count": "3", "label": "Lô dự phòng"})
    listing = editor_client.get(response.headers["Location"])
    assert len(listing.context["object_list"]) == 3


@pytest.mark.parametrize("count", ["0", "1001", "", "ba"])
def test_a_wrong_number_of_blanks_makes_none(editor_client, count):
    before = Plaque.objects.count()
    response = editor_client.post(reverse("plaque:blanks"), {"count": count})
    assert response.context["form"].errors.keys() == {"count"}
    assert Plaque.objects.count() == before
