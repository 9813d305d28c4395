"""Papers and replies of shops wait two working days at most: officers read until when, and what is late."""

from datetime import date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from streets.hours.state import WARD_ZONE
from streets.models import InspectionReply, SentPaper, SentPaperState
from tests.factories import FoodVendorPageFactory, StreetPageFactory
from tests.site.reports.inbox.officers import officer_of
from tests.streets.food import a_paper, an_inspection
from wardmark.base.models import OfficeDay, WardSettings

pytestmark = pytest.mark.django_db


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=WARD_ZONE)


# When a shop asked, and until when the ward answers: to the closing of its office.
FROM_FRIDAY = (at(2026, 11, 20, 16, 30), at(2026, 11, 24, 17))  # over a weekend to Tuesday
FROM_NEW_YEAR_S_EVE = (at(2026, 12, 31, 8), at(2027, 1, 5, 17))  # over New Year, a Friday, and its weekend


@pytest.fixture
def shop(street):
    return FoodVendorPageFactory(parent=street).shop


def a_sent_paper(shop, sent_at: datetime) -> SentPaper:
    return SentPaper.objects.create(shop=shop, kind="commitment", issued_on=date(2026, 1, 5), sent_at=sent_at)


def a_reply(shop, written_on: date) -> InspectionReply:
    return an_inspection(shop).replies.create(words="Chúng tôi đã sửa.", written_on=written_on)


class Desk:
    """What an officer sees at a moment: the list of what waits, and the panel on the dashboard."""

    def __init__(self, client, officer, moment: datetime):
        with time_machine.travel(moment, tick=False):
            client.force_login(officer)
            listed = client.get(reverse("food_safety:waiting"))
            self.rows = [*listed.context["to_take"], *listed.context["to_vet"]]
            self.html = unescape(listed.content.decode())
            dashboard = client.get(reverse("wagtailadmin_home"))
            [panel] = [one for one in dashboard.context["panels"] if one.name == "food-safety"]
            self.counts = panel.get_context_data()
            self.dashboard = unescape(dashboard.content.decode())


@pytest.fixture
def desk(client, editor):
    """Return a function that opens it."""
    return lambda moment: Desk(client, editor, moment)


@pytest.mark.parametrize(("asked", "due"), [FROM_FRIDAY, FROM_NEW_YEAR_S_EVE])
def test_a_paper_and_a_reply_are_due_after_two_working_days_and_late_from_then_on(desk, shop, asked, due):
    a_sent_paper(shop, asked)
    a_reply(shop, asked.date())
    in_time, late = desk(due - timedelta(minutes=1)), desk(due + timedelta(minutes=1))
    for seen, is_late in ((in_time, False), (late, True)):
        assert [(row.due, row.is_late) for row in seen.rows] == [(due, is_late)] * 2
        assert (seen.counts["to_take"], seen.counts["to_vet"]) == (1, 1)
        assert (seen.counts["to_take_late"], seen.counts["to_vet_late"]) == (is_late, is_late)
    when = {"when": date_format(due, "SHORT_DATETIME_FORMAT")}
    assert in_time.html.count(gettext("decide by %(when)s") % when) == 2
    assert gettext("late since %(when)s") % when not in in_time.html
    assert late.html.count(f"<strong>{gettext('late since %(when)s') % when}</strong>") == 2
    assert "1 quá hạn" not in in_time.dashboard
    assert late.dashboard.count("<strong>1 quá hạn</strong>") == 2


def test_the_day_on_which_a_reply_was_written_is_told(desk, shop):
    a_reply(shop, date(2026, 11, 20))
    assert f"{date(2026, 11, 20):%d/%m/%Y}" in desk(at(2026, 11, 20, 10)).html


def test_a_day_on_which_the_ward_says_it_is_closed_does_not_count(desk, shop):
    OfficeDay.objects.create(ward=WardSettings.objects.get(), day=date(2026, 11, 23))
    a_sent_paper(shop, at(2026, 11, 20, 9))
    [row] = desk(at(2026, 11, 24, 18)).rows
    assert (row.due, row.is_late) == (at(2026, 11, 25, 17), False)


def test_what_was_decided_is_late_no_more(desk, shop):
    paper, reply = a_sent_paper(shop, at(2026, 11, 2, 9)), a_reply(shop, date(2026, 11, 2))
    SentPaper.objects.filter(pk=paper.pk).update(state=SentPaperState.WITHDRAWN)
    InspectionReply.objects.filter(pk=reply.pk).update(state="accepted")
    seen = desk(at(2026, 11, 20, 9))
    assert seen.rows == []
    assert (seen.counts["to_take_late"], seen.counts["to_vet_late"]) == (0, 0)


def test_an_office_whose_hours_nobody_knows_makes_nothing_late(desk, shop):
    WardSettings.objects.update(office_hours="")
    a_sent_paper(shop, at(2026, 11, 2, 9))
    seen = desk(at(2026, 11, 20, 9))
    assert [(row.due, row.is_late) for row in seen.rows] == [(None, False)]
    assert seen.counts["to_take_late"] == 0


def test_clocks_cost_no_query_a_row(editor_client, street, shop):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor_client.get(reverse("food_safety:waiting")).status_code == 200
        return len(captured)

    def one_of_each(shop):
        a_sent_paper(shop, timezone.now())
        a_reply(shop, timezone.localdate())

    one_of_each(shop)
    queries()
    few = queries()
    for _ in range(3):
        one_of_each(FoodVendorPageFactory(parent=street).shop)
    assert queries() == few


def test_an_officer_of_another_street_reads_nothing_of_it(client, street, editor, shop):
    a_sent_paper(shop, FROM_FRIDAY[0])
    a_reply(shop, FROM_FRIDAY[0].date())
    a_paper(shop, verified_on=None)
    other = StreetPageFactory(parent=street.get_parent(), title="Phố Khác")
    seen = Desk(client, officer_of(other, editor, "phokhac"), FROM_FRIDAY[1])
    assert shop.name not in seen.html
    assert not any(seen.counts.values())
    assert any(Desk(client, editor, FROM_FRIDAY[1]).counts.values())
