import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from media.models import Picture
from tests.factories import HeritageSitePageFactory, ShopPageFactory
from tests.media.photographs import MAKER, first_part, photograph
from tests.site.plaques.round.conftest import PEOPLE
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.lifecycle import retire
from wardmark.plaques.models import (
    AlertKind,
    Decision,
    Finding,
    LinkRequest,
    Plaque,
    PlaqueAlert,
    PlaqueCheck,
    PlaqueEvent,
    PlaqueState,
    ScanCount,
)

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def keeper(client, editor):
    client.force_login(editor)
    return client


def shown(client, plaque) -> str:
    response = client.get(f"/q/{plaque.code}", headers=ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def send(client, plaque, what: str, **fields):
    return client.post(f"/q/{plaque.code}/{what}/", fields, headers=ENGLISH)


# ---- who sees it --------------------------------------------------------------------------------


def test_a_keeper_sees_the_plaque_instead_of_the_page_and_is_not_counted(keeper, plaque):
    html = shown(keeper, plaque)
    assert "Bối Hà Communal House" in html
    assert plaque.printed_code in html
    assert 'href="/en/di-tich/dinh-boi-ha/"' in html
    assert not ScanCount.objects.exists()


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_else_gets_the_visitors_answer_and_is_counted(client, plaque, sign_in, person):
    sign_in(person)
    response = client.get(f"/q/{plaque.code}", headers=ENGLISH)
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/di-tich/dinh-boi-ha/"
    assert ScanCount.objects.get().scans == 1
    assert "geolocation=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize("person", [*PEOPLE, "editor"])
def test_no_answer_is_kept_by_any_cache_and_all_depend_on_who_asks(client, plaque, sign_in, person):
    sign_in(person)
    response = client.get(f"/q/{plaque.code}")
    assert "no-store" in response.headers["Cache-Control"]
    assert "cookie" in response.headers["Vary"].lower()


def test_a_visitor_without_a_session_costs_no_look_at_people(client, plaque):
    client.get(f"/q/{plaque.code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/q/{plaque.code}")
    asked = " ".join(query["sql"] for query in captured)
    assert "django_session" not in asked
    assert "accounts_user" not in asked


FORMS = {
    "check": {"finding": "damaged", "note": "bẩn"},
    "install": {"note": "treo"},
    "link": {"step": "link"},
    "another-page": {"step": "link", "why": "nhầm"},
    "alerts/{alert}": {"outcome": "xong"},
    "requests/{wish}": {"decision": "approve"},
}


def everything() -> list:
    """All that a round may change."""
    models = (Plaque, PlaqueAlert, PlaqueCheck, PlaqueEvent, LinkRequest, Picture)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("what", FORMS)
@pytest.mark.parametrize("person", PEOPLE)
def test_a_form_of_somebody_else_changes_nothing_and_says_so(client, plaque, place, editor, sign_in, person, what):
    sign_in(person)
    other = HeritageSitePageFactory(parent=place.get_parent())
    alert = raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    wish = LinkRequest.objects.create(plaque=plaque, page_key=other.translation_key, page_title="x", asked_by=editor)
    before = everything()
    address = what.format(alert=alert.pk, wish=wish.pk)
    fields = {**FORMS[what], "page": str(other.translation_key), f"alert-{alert.pk}-outcome": "xong"}
    response = send(client, plaque, address, **fields)
    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()
    assert everything() == before
    # And a look at the address of a form is a look at the plaque.
    assert client.get(f"/q/{plaque.code}/{address}/").headers["Location"] == f"/q/{plaque.code}"


@pytest.mark.parametrize("person", PEOPLE)
def test_a_blank_plaque_is_given_a_page_by_those_alone_who_may_keep_plaques(client, blank, place, sign_in, person):
    sign_in(person)
    send(client, blank, "link", page=str(place.translation_key), step="link", hangs="on")
    blank.refresh_from_db()
    assert blank.is_blank


def test_a_form_without_its_token_is_refused(editor, plaque):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert send(strict, plaque, "check", finding="fine").status_code == 403
    assert not PlaqueCheck.objects.exists()


def test_only_the_keepers_screen_may_ask_the_phone_where_it_is(keeper, plaque):
    policy = keeper.get(f"/q/{plaque.code}").headers["Permissions-Policy"]
    assert "geolocation=(self)" in policy
    assert "camera=()" in policy
    assert "geolocation=()" in keeper.get("/vi/").headers["Permissions-Policy"]
    assert "geolocation=()" in keeper.get("/q/0000000").headers["Permissions-Policy"]


def test_an_unknown_code_is_unknown_to_staff_too(keeper, ward):
    assert keeper.get("/q/0000000").status_code == 404
    assert keeper.get("/q/0000000/check/").headers["Location"] == "/q/0000000"
    assert keeper.post("/q/0000000/check/", {"finding": "fine"}).status_code == 403


# ---- checking -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "state"),
    [("fine", PlaqueState.INSTALLED), ("damaged", PlaqueState.DAMAGED), ("missing", PlaqueState.LOST)],
)
def test_a_check_is_noted_said_and_leads_back_to_the_plaque(keeper, editor, plaque, finding, state):
    response = send(keeper, plaque, "check", finding=finding, note="Bụi", latitude="21.031", longitude="105.791")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/q/{plaque.code}"
    html = shown(keeper, plaque)
    assert f"Noted: {Finding(finding).label}" in html
    check = PlaqueCheck.objects.get()
    assert (check.by, check.finding, check.note) == (editor, finding, "Bụi")
    assert check.position.latitude == pytest.approx(21.031)
    plaque.refresh_from_db()
    assert plaque.state == state


def test_a_check_without_a_finding_keeps_what_was_typed(keeper, plaque):
    response = send(keeper, plaque, "check", note="Góc trái nứt", latitude="21.031", longitude="105.791")
    html = response.content.decode()
    assert response.status_code == 422
    assert "Please tap how you found the plaque" in html
    assert "Góc trái nứt" in html
    assert 'value="21.031"' in html
    assert not PlaqueCheck.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"note": "x" * 301}, {"latitude": "91", "longitude": "5"}, {"latitude": "nan"}, {"finding": "gone"}]
)
def test_what_cannot_be_is_refused_beside_the_field(keeper, plaque, fields):
    response = send(keeper, plaque, "check", **{"finding": "fine", **fields})
    assert response.status_code == 422
    assert 'class="form-errors" role="alert"' in response.content.decode()
    assert not PlaqueCheck.objects.exists()


@pytest.mark.parametrize(("image_format", "name"), [("JPEG", "IMG_0001.jpg"), ("HEIF", "IMG_0001.heic")])
def test_a_photo_of_a_fine_plaque_is_cleaned_and_shown_to_visitors(
    keeper, editor, plaque, image_format, name, django_capture_on_commit_callbacks
):
    content = photograph(image_format, (1600, 1200))
    assert MAKER.encode() in content
    with django_capture_on_commit_callbacks(execute=True):
        response = send(keeper, plaque, "check", finding="fine", photo=SimpleUploadedFile(name, content))
    assert response.status_code == 302
    plaque.refresh_from_db()
    photo = plaque.photo
    assert plaque.printed_code in photo.title
    assert "Đình Bối Hà" in photo.description
    assert photo.uploaded_by_user == editor
    assert "IMG_0001" not in photo.file.name
    assert photo.renditions.count() > 4
    for stored in (photo, *photo.renditions.all()):
        with stored.file.open() as file:
            assert MAKER.encode() not in file.read()
            file.seek(0)
            with Image.open(file) as picture:
                assert not picture.getexif()
    assert photo.description in shown(keeper, plaque)


def test_a_damaged_photo_costs_the_photo_and_not_what_was_typed(keeper, plaque):
    broken = SimpleUploadedFile("a.jpg", first_part(photograph(), 60))
    response = send(keeper, plaque, "check", finding="fine", note="Góc trái nứt", photo=broken)
    html = response.content.decode()
    assert response.status_code == 422
    assert "damaged or incomplete" in html
    assert "Góc trái nứt" in html
    assert not Picture.objects.exists()


def test_what_is_no_picture_is_refused(keeper, plaque):
    response = send(keeper, plaque, "check", finding="fine", photo=SimpleUploadedFile("a.jpg", b"<script>"))
    assert response.status_code == 422
    assert not Picture.objects.exists()


def test_a_check_that_cannot_be_leaves_no_photo_behind(keeper, plaque, settings):
    screen = shown(keeper, plaque)
    assert "How is it?" in screen
    retire(plaque=plaque, by=None, why="Thay biển mới")
    response = send(keeper, plaque, "check", finding="fine", photo=SimpleUploadedFile("a.jpg", photograph()))
    assert response.status_code == 422
    assert not Picture.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_retired_plaque_says_so_and_offers_no_check(keeper, plaque):
    retire(plaque=plaque, by=None, why="Thay biển mới")
    html = shown(keeper, plaque)
    assert "Thay biển mới" in html
    assert f"/q/{plaque.code}/check/" not in html


def test_the_language_somebody_switched_to_stays(keeper, plaque):
    html = keeper.get(f"/q/{plaque.code}?language=en").content.decode()
    assert f'action="/q/{plaque.code}/check/?language=en"' in html
    response = keeper.post(f"/q/{plaque.code}/check/?language=en", {"finding": "fine"})
    assert response.headers["Location"] == f"/q/{plaque.code}?language=en"


# ---- hanging up ---------------------------------------------------------------------------------


def test_a_printed_plaque_is_hung_up_with_one_tap(keeper, editor, place):
    plaque = Plaque.objects.for_page(place)
    html = shown(keeper, plaque)
    assert "hung up here today" in html
    assert f"/q/{plaque.code}/check/" not in html
    fields = {"latitude": "21.0312345678", "longitude": "105.7912345678"}
    response = send(keeper, plaque, "install", photo=SimpleUploadedFile("a.jpg", photograph()), **fields)
    assert response.status_code == 302
    plaque.refresh_from_db()
    assert plaque.state == PlaqueState.INSTALLED
    assert plaque.photo is not None
    assert str(plaque.latitude) == "21.031235"
    assert plaque.events.filter(kind="installed", by=editor).exists()


def test_what_hangs_already_is_not_hung_up_again(keeper, plaque):
    response = send(keeper, plaque, "install")
    assert response.status_code == 422
    assert "was hung up already" in response.content.decode()


# ---- what lies near -----------------------------------------------------------------------------


def test_after_a_check_the_screen_names_the_next_ones_first(keeper, plaque, place):
    near = HeritageSitePageFactory(parent=place.get_parent(), title="Chùa Gần")
    next_one = Plaque.objects.for_page(near)
    raise_alert(plaque=next_one, kind=AlertKind.DAMAGED)
    before = shown(keeper, plaque)
    assert before.index("How is it?") < before.index("Chùa Gần")
    send(keeper, plaque, "check", finding="fine")
    after = shown(keeper, plaque)
    assert after.index(f'href="/q/{next_one.code}"') < after.index("Check it once more")


# ---- blank plaques ------------------------------------------------------------------------------


def choices_in(response) -> dict[str, str]:
    found = re.findall(r'name="page" value="([^"]+)"[^>]*><span>([^<]+)', response.content.decode())
    return {name: key for key, name in found}


def test_a_blank_plaque_offers_to_choose_a_page(keeper, blank):
    html = shown(keeper, blank)
    assert "A blank plaque" in html
    assert f'action="/q/{blank.code}/link/"' in html


def test_a_page_is_found_without_its_accents_and_given_to_the_plaque(keeper, blank, place):
    found = send(keeper, blank, "link", name="dinh boi", step="search", label="cổng chính", hangs="on")
    assert found.status_code == 200
    assert 'value="cổng chính"' in found.content.decode()
    [key] = choices_in(found).values()
    assert key == str(place.translation_key)
    done = send(keeper, blank, "link", name="dinh boi", page=key, label="cổng chính", hangs="on", step="link")
    assert done.status_code == 302
    blank.refresh_from_db()
    assert (blank.page_key, blank.label, blank.state) == (place.translation_key, "cổng chính", PlaqueState.INSTALLED)
    keeper.logout()
    assert keeper.get(f"/q/{blank.code}").headers["Location"] == "/vi/di-tich/dinh-boi-ha/"


def test_a_plaque_that_does_not_hang_yet_is_only_linked(keeper, blank, place):
    send(keeper, blank, "link", page=str(place.translation_key), label="", step="link")
    blank.refresh_from_db()
    assert (blank.page_key, blank.state) == (place.translation_key, PlaqueState.PLANNED)


def test_the_nearest_places_come_first(keeper, blank, place):
    HeritageSitePageFactory(
        parent=place.get_parent(), title="Chùa Xa", latitude=Decimal("21.2"), longitude=Decimal("105.9")
    )
    HeritageSitePageFactory(parent=place.get_parent(), title="Chùa Không Vị Trí")
    found = send(keeper, blank, "link", latitude="21.0301", longitude="105.7901", step="near")
    assert list(choices_in(found)) == ["Bối Hà Communal House", "Chùa Xa"]


@pytest.mark.parametrize(
    ("page", "words"),
    [("", "Please choose the page first"), ("no-uuid", "form-errors"), ("elsewhere", "You may not edit this page")],
)
def test_a_page_not_chosen_or_not_theirs_is_refused_with_all_that_was_typed(
    client, elsewhere, blank, place, page, words
):
    client.force_login(elsewhere)
    key = str(place.translation_key) if page == "elsewhere" else page
    response = send(client, blank, "link", page=key, label="cổng chính", step="link")
    assert response.status_code == 422
    assert words in response.content.decode()
    assert 'value="cổng chính"' in response.content.decode()
    blank.refresh_from_db()
    assert blank.is_blank


def test_nobody_is_offered_a_page_they_may_not_edit(client, elsewhere, blank, place):
    client.force_login(elsewhere)
    found = send(client, blank, "link", name="Đình", latitude="21.03", longitude="105.79", step="search")
    assert choices_in(found) == {}
    assert list(choices_in(send(client, blank, "link", name="pho khac", step="search"))) == ["Phố Khác"]


def test_who_comes_second_to_a_blank_plaque_sees_what_it_leads_to(keeper, blank, place):
    other = HeritageSitePageFactory(parent=place.get_parent(), title="Chùa Khác")
    send(keeper, blank, "link", page=str(place.translation_key), step="link")
    late = keeper.post(
        f"/q/{blank.code}/link/", {"page": str(other.translation_key), "step": "link"}, headers=ENGLISH, follow=True
    )
    assert "given to a page already" in late.content.decode()
    blank.refresh_from_db()
    assert blank.page_key == place.translation_key


@pytest.mark.django_db(transaction=True)
def test_two_people_who_link_one_blank_plaque_at_once_do_not_overwrite_each_other(blank, place, editor, second_editor):
    pages = [place, HeritageSitePageFactory(parent=place.get_parent())]
    clients = []
    for user in (editor, second_editor):
        clients.append(Client())
        clients[-1].force_login(user)
    together = Barrier(2)

    def link(number: int) -> int:
        together.wait(timeout=30)
        try:
            fields = {"page": str(pages[number].translation_key), "step": "link"}
            return send(clients[number], blank, "link", **fields).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(link, range(2))) == [302, 302]
    blank.refresh_from_db()
    assert blank.page_key in {page.translation_key for page in pages}
    assert blank.events.filter(kind="linked").count() == 1


# ---- another page -------------------------------------------------------------------------------


@pytest.fixture
def other(place):
    return HeritageSitePageFactory(parent=place.get_parent(), title="Chùa Khác")


def ask(client, plaque, page, why="Treo nhầm chỗ"):
    return send(client, plaque, "another-page", page=str(page.translation_key), why=why, step="link")


def test_another_page_needs_a_second_person_who_finds_it_on_the_plaque(keeper, plaque, place, other, second_editor):
    assert ask(keeper, plaque, other).status_code == 302
    plaque.refresh_from_db()
    assert plaque.page_key == place.translation_key
    own = shown(keeper, plaque)
    assert "A second person must approve this" in own
    assert 'value="approve"' not in own

    keeper.force_login(second_editor)
    theirs = shown(keeper, plaque)
    assert "Treo nhầm chỗ" in theirs
    [wish] = LinkRequest.objects.all()
    assert send(keeper, plaque, f"requests/{wish.pk}", decision="approve").status_code == 302
    plaque.refresh_from_db()
    wish.refresh_from_db()
    assert plaque.page_key == other.translation_key
    assert (wish.decision, wish.decided_by) == (Decision.APPROVED, second_editor)


def test_nobody_approves_what_they_asked_for_but_may_withdraw_it(keeper, plaque, place, other):
    ask(keeper, plaque, other)
    [wish] = LinkRequest.objects.all()
    send(keeper, plaque, f"requests/{wish.pk}", decision="approve")
    assert "A second person must approve this" in shown(keeper, plaque)
    send(keeper, plaque, f"requests/{wish.pk}", decision="refuse")
    wish.refresh_from_db()
    assert wish.decision == Decision.WITHDRAWN


def test_a_request_is_refused_by_a_second_person_and_decided_once(keeper, plaque, other, second_editor):
    ask(keeper, plaque, other)
    [wish] = LinkRequest.objects.all()
    keeper.force_login(second_editor)
    send(keeper, plaque, f"requests/{wish.pk}", decision="refuse")
    wish.refresh_from_db()
    assert wish.decision == Decision.REFUSED
    send(keeper, plaque, f"requests/{wish.pk}", decision="approve")
    assert "decided this already" in shown(keeper, plaque)


def test_a_request_without_a_reason_is_refused_with_the_choice_kept(keeper, plaque, other):
    response = ask(keeper, plaque, other, why=" ")
    assert response.status_code == 422
    assert "Please say why" in response.content.decode()
    assert re.search(rf'value="{other.translation_key}" checked', response.content.decode())


def test_who_may_not_edit_the_new_page_cannot_approve_it(client, keeper, editor, elsewhere, ward):
    street = ward.homes["vi"].get_descendants().get(title="Phố Khác").specific
    plaque = Plaque.objects.for_page(ShopPageFactory(parent=street))
    other = HeritageSitePageFactory(parent=ward.homes["vi"], title="Chùa Khác")
    send(keeper, plaque, "install")
    ask(keeper, plaque, other)
    [wish] = LinkRequest.objects.all()
    client.force_login(elsewhere)
    assert 'value="approve"' not in shown(client, plaque)
    send(client, plaque, f"requests/{wish.pk}", decision="approve")
    wish.refresh_from_db()
    assert wish.decision == Decision.OPEN


def test_a_request_of_another_plaque_is_not_found_under_this_one(keeper, plaque, other, second_editor):
    ask(keeper, plaque, other)
    [wish] = LinkRequest.objects.all()
    keeper.force_login(second_editor)
    stranger = Plaque.objects.for_page(other)
    assert send(keeper, stranger, f"requests/{wish.pk}", decision="approve").status_code == 404


def test_who_may_only_check_plaques_neither_decides_nor_closes_alerts(client, keeper, elsewhere, ward):
    street = ward.homes["vi"].get_descendants().get(title="Phố Khác").specific
    shop = ShopPageFactory(parent=street)
    plaque = Plaque.objects.for_page(shop)
    send(keeper, plaque, "install")
    ask(keeper, plaque, street)
    alert = raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    [wish] = LinkRequest.objects.all()
    client.force_login(elsewhere)
    html = shown(client, plaque)
    assert f"/alerts/{alert.pk}/" not in html
    assert f"/requests/{wish.pk}/" not in html
    closed = send(client, plaque, f"alerts/{alert.pk}", **{f"alert-{alert.pk}-outcome": "xong"})
    assert closed.status_code == 403
    for decision in ("approve", "refuse"):
        send(client, plaque, f"requests/{wish.pk}", decision=decision)
    wish.refresh_from_db()
    alert.refresh_from_db()
    assert (wish.decision, alert.is_open) == (Decision.OPEN, True)
    # What they may do, they still can.
    assert send(client, plaque, "check", finding="fine").status_code == 302


# ---- alerts -------------------------------------------------------------------------------------


def test_an_alert_is_closed_with_what_was_found(keeper, editor, plaque):
    alert = raise_alert(plaque=plaque, kind=AlertKind.PASTED_OVER)
    assert "Code pasted over" in shown(keeper, plaque)
    response = send(keeper, plaque, f"alerts/{alert.pk}", **{f"alert-{alert.pk}-outcome": "Đã gỡ"})
    assert response.status_code == 302
    alert.refresh_from_db()
    assert (alert.outcome, alert.closed_by) == ("Đã gỡ", editor)


def test_an_alert_without_an_outcome_stays_open(keeper, plaque):
    first, second = (raise_alert(plaque=plaque, kind=kind) for kind in (AlertKind.DAMAGED, AlertKind.MISSING))
    response = send(keeper, plaque, f"alerts/{first.pk}", **{f"alert-{first.pk}-outcome": " "})
    assert response.status_code == 422
    assert response.content.decode().count("Please say what you found") == 1
    assert PlaqueAlert.objects.open().count() == 2
    other = HeritageSitePageFactory(parent=plaque.pages["vi"].get_parent())
    assert send(keeper, Plaque.objects.for_page(other), f"alerts/{second.pk}").status_code == 404


def test_an_alert_closed_by_somebody_else_meanwhile_says_so(keeper, plaque):
    alert = raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    for _ in range(2):
        send(keeper, plaque, f"alerts/{alert.pk}", **{f"alert-{alert.pk}-outcome": "Đã sửa"})
    assert "closed this alert already" in shown(keeper, plaque)


def test_the_screen_costs_the_same_queries_however_much_waits(keeper, plaque, place):
    def queries() -> int:
        keeper.get(f"/q/{plaque.code}")
        with CaptureQueriesContext(connection) as captured:
            assert "Maintenance round" in shown(keeper, plaque)
        return len(captured)

    raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    few = queries()
    for n in range(4):
        near = HeritageSitePageFactory(parent=place.get_parent(), title=f"Chùa {n}")
        raise_alert(plaque=Plaque.objects.for_page(near), kind=AlertKind.DAMAGED)
        raise_alert(plaque=plaque, kind=[*AlertKind][n])
    assert queries() <= few
