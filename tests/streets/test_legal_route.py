from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from streets.legal_route import Activity, Answers, NotDecidable, Place, YesNo, decide_route, propose
from streets.models import LegalRoute, RouteKind, Situation
from tests.factories import FoodVendorPageFactory
from tests.streets.food import a_clause, a_decree

RESTAURANT = Answers(YesNo.NO, Place.PREMISES, Activity.SERVES, YesNo.NO, YesNo.YES)
answers = st.builds(
    Answers,
    *(st.sampled_from(choices) for choices in (YesNo, Place, Activity, YesNo, YesNo)),
)


@pytest.mark.parametrize(
    ("changed", "kind", "situation"),
    [
        ({}, RouteKind.CERTIFICATE, None),
        ({"quality_system": YesNo.YES}, RouteKind.QUALITY_SYSTEM, Situation.QUALITY_SYSTEM),
        ({"place": Place.STREET}, RouteKind.COMMITMENT, Situation.STREET_FOOD),
        ({"place": Place.NOWHERE_FIXED}, RouteKind.COMMITMENT, Situation.NO_FIXED_PLACE),
        ({"place": Place.HOTEL}, RouteKind.COMMITMENT, Situation.HOTEL_RESTAURANT),
        ({"place": Place.HOTEL, "activity": Activity.TRADES}, RouteKind.CERTIFICATE, None),
        ({"place": Place.CANTEEN, "is_registered": YesNo.NO}, RouteKind.COMMITMENT, Situation.CANTEEN),
        ({"place": Place.CANTEEN}, RouteKind.CERTIFICATE, None),
        ({"activity": Activity.PREPACKAGED}, RouteKind.COMMITMENT, Situation.PREPACKAGED),
        ({"activity": Activity.PACKAGING}, RouteKind.COMMITMENT, Situation.PACKAGING),
        ({"activity": Activity.TRADES, "is_small": YesNo.YES}, RouteKind.COMMITMENT, Situation.SMALL_TRADING),
        ({"activity": Activity.GROWS, "is_small": YesNo.YES}, RouteKind.COMMITMENT, Situation.PRIMARY_PRODUCTION),
        (
            {"activity": Activity.PREPARES, "is_small": YesNo.YES},
            RouteKind.COMMITMENT,
            Situation.PRELIMINARY_PROCESSING,
        ),
        ({"activity": Activity.TRADES}, RouteKind.CERTIFICATE, None),
        ({"quality_system": YesNo.UNKNOWN}, RouteKind.UNDETERMINED, None),
        ({"place": Place.UNKNOWN}, RouteKind.UNDETERMINED, None),
        ({"activity": Activity.TRADES, "is_small": YesNo.UNKNOWN}, RouteKind.UNDETERMINED, None),
        ({"is_small": YesNo.UNKNOWN}, RouteKind.CERTIFICATE, None),
        ({"place": Place.STREET, "activity": Activity.UNKNOWN}, RouteKind.COMMITMENT, Situation.STREET_FOOD),
    ],
)
def test_five_answers_lead_to_a_route(changed, kind, situation):
    proposal = propose(replace(RESTAURANT, **changed))
    assert (proposal.kind, proposal.situation) == (kind, situation)
    assert proposal.why


@given(answers)
def test_what_is_known_never_turns_when_the_unknown_becomes_known(given_answers):
    proposal = propose(given_answers)
    later = {propose(completed).kind for completed in given_answers.completed()}
    if proposal.kind == RouteKind.CERTIFICATE:
        assert later == {RouteKind.CERTIFICATE}
    elif proposal.kind == RouteKind.UNDETERMINED:
        assert len(later) > 1 or later != {RouteKind.CERTIFICATE}
    else:
        assert RouteKind.CERTIFICATE not in later


@given(answers)
def test_answers_are_read_as_they_were_kept(given_answers):
    assert Answers.read(given_answers.kept()) == given_answers


@pytest.fixture
def shop(street):
    return FoodVendorPageFactory(parent=street).shop


@pytest.mark.django_db
def test_a_new_decision_supersedes_the_one_before(shop, editor):
    first = decide_route(
        shop=shop,
        kind=RouteKind.CERTIFICATE,
        decree=a_decree(),
        by=editor,
        on=timezone.localdate() - timedelta(days=9),
    )
    clause = a_clause()
    second = decide_route(shop=shop, kind=RouteKind.COMMITMENT, decree=clause.decree, clause=clause, by=editor)
    first.refresh_from_db()
    assert first.superseded_on == second.decided_on
    assert list(LegalRoute.objects.current()) == [second]
    assert list(LegalRoute.objects.in_effect_on(timezone.localdate() - timedelta(days=1))) == [first]


@pytest.mark.django_db
def test_a_decision_that_does_not_fit_is_refused_at_its_field(shop, editor):
    clause, other = a_clause(), a_decree("2/2002/NĐ-CP")
    today = timezone.localdate()
    wrong = [
        ("clause", {"kind": RouteKind.COMMITMENT, "decree": clause.decree}),
        ("clause", {"kind": RouteKind.COMMITMENT, "decree": other, "clause": clause}),
        ("clause", {"kind": RouteKind.CERTIFICATE, "decree": clause.decree, "clause": clause}),
        ("clause", {"kind": RouteKind.QUALITY_SYSTEM, "decree": clause.decree, "clause": clause}),
        ("decree", {"kind": RouteKind.CERTIFICATE}),
        ("decided_on", {"kind": RouteKind.UNDETERMINED, "on": today + timedelta(days=1)}),
        ("note", {"kind": RouteKind.UNDETERMINED, "answers": RESTAURANT}),
    ]
    for field, decision in wrong:
        with pytest.raises(NotDecidable) as refused:
            decide_route(shop=shop, by=editor, **decision)
        assert refused.value.field == field
    assert not LegalRoute.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"in_force_until": -1}, True),
        ({"suspended_until": 0}, True),
        ({"in_force_from": 1}, True),
        ({"in_force_until": 0}, False),
        ({"suspended_until": -1}, False),
        # Nobody has looked it up yet: the officer may know.
        ({"unknown_after": -1}, False),
    ],
)
def test_nobody_decides_upon_a_decree_that_is_known_not_to_hold(shop, editor, changed, refused):
    clause, today = a_clause(), timezone.localdate()
    decree = clause.decree
    for name, days in changed.items():
        setattr(decree, name, today + timedelta(days=days))
    decree.save()
    decision = {"shop": shop, "kind": RouteKind.COMMITMENT, "decree": decree, "clause": clause, "by": editor}
    if refused:
        with pytest.raises(NotDecidable) as told:
            decide_route(**decision)
        assert told.value.field == "decree"
    else:
        assert decide_route(**decision).pk


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"kind": "undetermined"}, {"note": "x"}])
def test_the_database_keeps_decisions(shop, editor, change):
    route = decide_route(shop=shop, kind=RouteKind.CERTIFICATE, decree=a_decree(), by=editor)
    with pytest.raises(DatabaseError), transaction.atomic():
        LegalRoute.objects.filter(pk=route.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        LegalRoute.objects.filter(pk=route.pk)._raw_delete("default")
