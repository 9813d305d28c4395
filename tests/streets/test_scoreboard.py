"""A street's page as a scoreboard: what each programme sets out to reach, so many of so many, and since when."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from streets.joined_programmes import joined_programmes
from streets.measures import MEASURES, Tally
from streets.models import (
    Criterion,
    CriterionWording,
    MeasureSnapshot,
    ShopMember,
    StreetPage,
    StreetProgramme,
    TargetUnit,
)
from streets.months import last_months, month_of
from tests.factories import (
    FoodVendorPageFactory,
    PictureFactory,
    ProgrammeFactory,
    ShopCategoryFactory,
    ShopPageFactory,
    StreetPageFactory,
)

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def with_criteria(*criteria, **names):
    programme = ProgrammeFactory(**names)
    programme.criteria = list(criteria)
    programme.save()
    return programme


def criterion(measure="claimed", target=None, unit=TargetUnit.PERCENT, words=None, source=""):
    one = Criterion(measure=measure, target=target, target_unit=unit)
    one.wordings = [
        CriterionWording(language=language, name=name, source=source) for language, name in (words or {}).items()
    ]
    return one


def join(street, programme, **fields):
    street.programme_links = [*street.programme_links.all(), StreetProgramme(programme=programme, **fields)]
    street.save_revision().publish()


def claim(page, django_user_model):
    user = django_user_model.objects.create_user(f"nguoiban{page.pk}")
    ShopMember.objects.create(shop=page.shop, user=user)


def read(client, page, language="vi"):
    with translation.override(language):
        return client.get(page.url).content.decode()


def test_a_criterion_says_so_many_of_so_many_and_its_target(client, street, django_user_model):
    join(street, with_criteria(criterion(target=60, words={"vi": "Tự quản", "en": "Self-kept"}, source="Kế hoạch 12")))
    shops = [ShopPageFactory(parent=street) for _ in range(3)]
    claim(shops[0], django_user_model)
    shown = read(client, street)
    assert "Tự quản" in shown
    assert "Kế hoạch 12" in shown
    assert '<span class="score__met">1</span>' in shown
    assert "33 %" in shown
    assert "60 %" in shown
    assert 'width="33"' in shown


def test_where_no_shop_counts_nothing_is_claimed(client, street):
    join(street, with_criteria(criterion("plaques-checked", target=50)))
    shown = read(client, street)
    assert "score__figure--unknown" in shown
    assert "score__bar" not in shown


def test_a_criterion_without_words_speaks_with_those_of_its_measure(client, street):
    join(street, with_criteria(criterion("claimed")))
    ShopPageFactory(parent=street)
    assert str(MEASURES["claimed"].label) in read(client, street)


def test_what_this_version_no_longer_measures_is_left_out(client, street):
    join(street, with_criteria(criterion("of-an-older-version", words={"vi": "Chuyện cũ"})))
    assert "Chuyện cũ" not in read(client, street)


def test_an_ended_programme_is_shown_as_ended_and_keeps_no_score(client, street):
    ended = timezone.localdate() - timedelta(days=1)
    join(street, with_criteria(criterion()), launched_on=date(2024, 1, 5), ended_on=ended, decision_number="12/QĐ")
    ShopPageFactory(parent=street)
    shown = read(client, street)
    assert "board--ended" in shown
    assert "12/QĐ" in shown
    assert 'class="score"' not in shown


def test_a_programme_counts_up_to_and_with_its_last_day(street):
    assert not StreetProgramme(ended_on=timezone.localdate()).has_ended
    assert not StreetProgramme().has_ended


def test_unknown_dates_are_not_spoken_of(client, street):
    join(street, with_criteria(criterion()))
    assert "board__dates" not in read(client, street)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (lambda: StreetProgramme(launched_on=date(2026, 5, 2), ended_on=date(2026, 5, 1)), "ended_on"),
        (lambda: Criterion(measure="claimed", target=101), "target"),
        (lambda: StreetPage(title="X", segment_from="ngã tư"), "segment_to"),
        (lambda: StreetPage(title="X", segment_to="ngã tư"), "segment_from"),
        (lambda: StreetPage(title="X", hotline="+33 1 23 45 67 89"), "hotline"),
    ],
    ids=["end before launch", "more than all", "no end", "no beginning", "a number of another country"],
)
def test_what_cannot_be_is_refused_at_its_field(record, field):
    with pytest.raises(ValidationError) as refused:
        record().clean()
    assert field in refused.value.message_dict


@pytest.mark.parametrize(
    ("target", "unit", "tally", "reached"),
    [
        (None, TargetUnit.PERCENT, Tally(3, 3), None),
        (50, TargetUnit.PERCENT, Tally(0, 0), None),
        (50, TargetUnit.PERCENT, Tally(1, 2), True),
        (34, TargetUnit.PERCENT, Tally(1, 3), False),
        (33, TargetUnit.PERCENT, Tally(1, 3), True),
        (2, TargetUnit.SHOPS, Tally(2, 9), True),
        (2, TargetUnit.SHOPS, Tally(1, 9), False),
    ],
)
def test_a_target_is_reached_exactly(target, unit, tally, reached):
    assert Criterion(target=target, target_unit=unit).is_reached(tally) is reached


def history(street, *, is_sample=False, met=(1, 2, 3)):
    months = last_months(month_of(timezone.localdate()), len(met))
    for month, number in zip(months, met, strict=True):
        MeasureSnapshot.objects.create(
            street_key=street.translation_key,
            measure="claimed",
            month=month,
            taken_on=month,
            met=number,
            counted=4,
            is_sample=is_sample,
        )


def test_the_months_are_drawn_and_told_in_a_table(client, street):
    join(street, with_criteria(criterion()))
    history(street)
    shown = read(client, street)
    assert 'class="spark"' in shown
    assert shown.count('<th scope="row">') == 3
    assert "25 %" in shown


def test_made_up_months_are_shown_only_of_a_street_that_says_so_of_itself(client, street):
    join(street, with_criteria(criterion()))
    history(street, is_sample=True)
    assert "months__table" not in read(client, street)
    street.is_illustrative = True
    street.save()
    shown = read(client, street)
    assert "months__table" in shown
    assert "months__sample" in shown


def test_facts_of_the_street_are_told_to_people_and_machines(client, street):
    street.segment_from, street.segment_to = "Phạm Hùng", "Duy Tân"
    street.hotline, street.wifi_name = "024 3833 1234", "Pho Thu"
    street.save()
    shown = read(client, street)
    assert "Phạm Hùng" in shown
    assert 'href="tel:+842438331234"' in shown
    assert "024 3833 1234" in shown
    assert "Pho Thu" in shown
    assert '"telephone":"+842438331234"' in shown
    assert "LocationFeatureSpecification" in shown


def test_a_preview_shows_programmes_that_are_not_saved_yet(street):
    street.programme_links = [
        StreetProgramme(programme=with_criteria(criterion(), key="zz")),
        StreetProgramme(programme=with_criteria(criterion(), key="aa")),
    ]
    found = joined_programmes(street.programme_links.all())
    assert [next(iter(one.words.values())).record_id for one in found] == [
        link.programme_id for link in street.programme_links.all()
    ]
    assert all(len(one.criteria) == 1 for one in found)


def test_programmes_of_another_street_stay_there(street):
    programme = with_criteria(criterion(words={"vi": "A", "en": "B"}), criterion("plaques-checked", words={"vi": "C"}))
    join(street, programme, decision_number="1/QĐ")
    join(StreetPageFactory(parent=street.get_parent()), programme, decision_number="2/QĐ")
    [one] = joined_programmes(StreetPage.objects.get(pk=street.pk).programme_links.all())
    assert one.link.decision_number == "1/QĐ"
    assert len(one.words) == 2
    assert [len(one.words_of(criterion)) for criterion in one.criteria.values()] == [2, 1]


@pytest.mark.parametrize("query", ["", "?food=1", "?open=1&pay=verified"])
def test_everything_at_once_stays_within_the_limit_for_one_shop_and_for_seven(client, street, query):
    street.photo, street.photo_alt, street.hotline = PictureFactory(), "Ảnh", "024 3833 1234"
    for number in range(3):
        both = {"vi": "Một", "en": "One"}
        measures = [criterion(measure, target=50, words=both) for measure in MEASURES]
        join(street, with_criteria(*measures, names={"vi": f"Ch {number}", "en": f"P {number}"}))
    history(street)
    category = ShopCategoryFactory()

    def more(number):
        for _ in range(number):
            FoodVendorPageFactory(parent=street, category=category, photo=PictureFactory(), photo_alt="Ảnh")

    def queries():
        client.get(street.url + query)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(street.url + query).status_code == 200
        return len(captured)

    more(1)
    few = queries()
    more(6)
    assert queries() <= few <= MOST_QUERIES
