import threading

import pytest
from django.db import connection

from tests.factories import StandardPageFactory
from wardmark.plaques.lifecycle import NotPossible, install, retire
from wardmark.plaques.linking import (
    MOST_BLANKS,
    approve,
    issue_blanks,
    issue_further,
    lead_elsewhere,
    link_blank,
    refuse,
    relink,
)
from wardmark.plaques.models import Decision, EventKind, LinkRequest, Plaque

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(ward):
    return [StandardPageFactory(parent=ward.homes["vi"], title=f"Nơi thứ {number}") for number in (1, 2, 3)]


@pytest.fixture
def people(django_user_model):
    return [django_user_model.objects.create_user(name) for name in ("lan", "minh")]


@pytest.fixture
def hung_up(pages, people) -> Plaque:
    plaque = issue_further(page=pages[0], by=people[0], label="cổng sau")
    install(plaque=plaque, by=people[0])
    return plaque


def kinds(plaque: Plaque) -> list[str]:
    return [event.kind for event in plaque.events.all()]


def test_a_batch_of_blanks_has_codes_of_its_own_and_no_page(people):
    blanks = issue_blanks(count=25, by=people[0], label="đợt tháng 11")
    assert len({plaque.code for plaque in blanks}) == 25
    assert set(Plaque.objects.blank()) == set(blanks)
    assert {plaque.events.get().by for plaque in blanks} == {people[0]}


@pytest.mark.parametrize("count", [-1, 0, MOST_BLANKS + 1])
def test_a_batch_has_at_least_one_and_at_most_a_thousand(count):
    with pytest.raises(NotPossible):
        issue_blanks(count=count, by=None)
    assert not Plaque.objects.blank().exists()


def test_a_blank_given_a_page_remembers_it(pages, people):
    [plaque] = issue_blanks(count=1, by=None)
    link_blank(plaque=plaque, page=pages[0], by=people[0], label="cổng chính")
    assert (plaque.page_key, plaque.label, plaque.is_primary) == (pages[0].translation_key, "cổng chính", False)
    assert plaque.names == {"vi": "Nơi thứ 1"}
    assert plaque.ancestor_keys
    assert kinds(plaque) == [EventKind.LINKED, EventKind.ISSUED]


def test_a_blank_is_given_a_page_once(pages, people):
    [plaque] = issue_blanks(count=1, by=None)
    again = Plaque.objects.get(pk=plaque.pk)
    link_blank(plaque=plaque, page=pages[0], by=people[0])
    with pytest.raises(NotPossible):
        link_blank(plaque=again, page=pages[1], by=people[1])
    plaque.refresh_from_db()
    assert plaque.page_key == pages[0].translation_key


@pytest.mark.django_db(transaction=True)
def test_two_people_giving_one_blank_a_page_at_once_give_it_one(pages, people):
    [plaque] = issue_blanks(count=1, by=None)
    start, outcomes = threading.Barrier(2), []

    def give(page, person):
        try:
            start.wait(timeout=10)
            link_blank(plaque=Plaque.objects.get(pk=plaque.pk), page=page, by=person)
            outcomes.append(page.translation_key)
        except NotPossible:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=pair) for pair in zip(pages, people, strict=False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    plaque.refresh_from_db()
    assert sorted(outcomes, key=str) == sorted([None, plaque.page_key], key=str)


def test_a_further_plaque_says_where_it_hangs(pages):
    with pytest.raises(NotPossible):
        issue_further(page=pages[0], by=None, label=" ")
    plaque = issue_further(page=pages[0], by=None, label="bia số 2")
    assert list(Plaque.objects.of_page(pages[0])) == [Plaque.objects.for_page(pages[0]), plaque]
    assert plaque.names == {"vi": "Nơi thứ 1"}


def test_a_plaque_never_printed_moves_to_another_page_at_once(pages, people):
    plaque = issue_further(page=pages[0], by=people[0], label="cổng sau")
    assert relink(plaque=plaque, page=pages[1], by=people[0], why="Nhầm trang") is None
    assert plaque.page_key == pages[1].translation_key
    assert plaque.names == {"vi": "Nơi thứ 2"}


def test_a_hung_plaque_moves_only_when_a_second_person_agrees(hung_up, pages, people):
    request = relink(plaque=hung_up, page=pages[1], by=people[0], why="Đình đã dời")
    hung_up.refresh_from_db()
    assert hung_up.page_key == pages[0].translation_key
    with pytest.raises(NotPossible):
        approve(request=request, by=people[0])
    approve(request=request, by=people[1])
    hung_up.refresh_from_db()
    assert hung_up.page_key == pages[1].translation_key
    assert kinds(hung_up)[:2] == [EventKind.LINKED, EventKind.LINK_ASKED]


def test_a_plaque_hung_up_while_the_form_stood_open_needs_a_second_person(pages, people):
    plaque = issue_further(page=pages[0], by=people[0], label="cổng sau")
    install(plaque=Plaque.objects.get(pk=plaque.pk), by=people[1])
    assert relink(plaque=plaque, page=pages[1], by=people[0], why="Nhầm trang") is not None
    plaque.refresh_from_db()
    assert plaque.page_key == pages[0].translation_key


def test_a_retired_plaque_that_once_hung_needs_a_second_person_still(hung_up, pages, people):
    retire(plaque=hung_up, by=people[0], why="Gỡ biển")
    assert relink(plaque=hung_up, page=pages[1], by=people[0], why="Sang nơi khác") is not None


def test_one_request_waits_at_a_time(hung_up, pages, people):
    relink(plaque=hung_up, page=pages[1], by=people[0], why="Đình đã dời")
    with pytest.raises(NotPossible):
        relink(plaque=hung_up, page=pages[2], by=people[1], why="Sang nơi khác")
    assert LinkRequest.objects.open().count() == 1


@pytest.mark.parametrize(("decider", "decision"), [(0, Decision.WITHDRAWN), (1, Decision.REFUSED)])
def test_a_request_refused_or_withdrawn_changes_nothing_and_stays_in_the_history(
    hung_up, pages, people, decider, decision
):
    request = relink(plaque=hung_up, page=pages[1], by=people[0], why="Đình đã dời")
    refuse(request=request, by=people[decider], why="Đình còn ở đó")
    hung_up.refresh_from_db()
    assert (request.decision, hung_up.page_key) == (decision, pages[0].translation_key)
    assert kinds(hung_up)[0] == EventKind.LINK_REFUSED


def test_what_was_decided_is_not_decided_again(hung_up, pages, people):
    request = relink(plaque=hung_up, page=pages[1], by=people[0], why="Đình đã dời")
    refuse(request=request, by=people[1])
    for decide in (approve, refuse):
        with pytest.raises(NotPossible):
            decide(request=LinkRequest.objects.get(pk=request.pk), by=people[1])


def test_a_page_that_is_gone_by_then_is_not_approved(hung_up, pages, people):
    request = relink(plaque=hung_up, page=pages[1], by=people[0], why="Đình đã dời")
    pages[1].delete()
    with pytest.raises(NotPossible):
        approve(request=request, by=people[1])
    assert LinkRequest.objects.get().decision == Decision.OPEN


@pytest.mark.parametrize("why", ["", "  "])
def test_another_page_needs_a_reason(hung_up, pages, people, why):
    with pytest.raises(NotPossible):
        relink(plaque=hung_up, page=pages[1], by=people[0], why=why)


def test_the_page_it_leads_to_already_is_no_other_page(hung_up, pages, people):
    with pytest.raises(NotPossible):
        relink(plaque=hung_up, page=pages[0], by=people[0], why="Đình đã dời")


def test_a_page_whose_primary_plaque_went_to_another_gets_a_new_one(pages, people):
    primary = Plaque.objects.for_page(pages[0])
    relink(plaque=primary, page=pages[1], by=people[0], why="Nhầm trang")
    assert Plaque.objects.for_page(pages[0]) not in {None, primary}
    assert Plaque.objects.of_page(pages[1]).count() == 2


def test_plaques_of_a_page_that_goes_lead_to_another_and_stay_its_own(hung_up, pages, people):
    lead_elsewhere(plaques=[hung_up], page=pages[1], by=people[0], why="Gộp hai trang")
    hung_up.refresh_from_db()
    assert (hung_up.page_key, hung_up.forward_key) == (pages[0].translation_key, pages[1].translation_key)
    lines = hung_up.events.count()
    lead_elsewhere(plaques=[hung_up], page=pages[1], by=people[0], why="Gộp hai trang")
    assert hung_up.events.count() == lines
