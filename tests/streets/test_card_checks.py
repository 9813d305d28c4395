"""The own counter card: checked by its vendor, and what the shop's page says of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from streets.card_checks import SHOWN_FOR, CardCheckRefused, card_checked, record_card_check, shop_of_card
from streets.hours.state import WARD_ZONE
from streets.models import CardCheck, CardFinding, ShopMember
from tests.factories import ShopPageFactory
from wardmark.plaques.models import AlertKind, Plaque, PlaqueAlert

pytestmark = pytest.mark.django_db

MORNING = "2026-11-26T00:42:00+00:00"  # 07:42 in the ward


@pytest.fixture
def vendor(django_user_model, shop):
    user = django_user_model.objects.create_user("chuquan")
    ShopMember.objects.create(shop=shop.shop, user=user)
    return user


@pytest.fixture
def plaque(shop):
    return Plaque.objects.for_page(shop)


def check(shop, plaque, by, finding=CardFinding.GOOD):
    return record_card_check(shop=shop.shop, plaque=plaque, finding=finding, by=by, now=timezone.now())


def said_on(client, shop) -> str:
    """What the public page says of the code, told from its other words by where it stands."""
    html = client.get(shop.url).content.decode()
    return html.partition('class="confirmed__code">')[2].partition("</p>")[0]


def test_the_page_tells_the_time_on_that_day_then_the_day_and_then_nothing(client, shop, plaque, vendor):
    with time_machine.travel(MORNING, tick=False) as clock:
        assert said_on(client, shop) == ""
        check(shop, plaque, vendor)
        assert said_on(client, shop) == "Cửa hàng đã tự kiểm mã lúc 07:42 hôm nay."
        clock.shift(timedelta(days=1))
        assert "26/11/2026" in said_on(client, shop)
        assert "07:42" not in said_on(client, shop)
        clock.shift(SHOWN_FOR - timedelta(days=1))
        assert "26/11/2026" in said_on(client, shop)
        clock.shift(timedelta(days=1))
        assert said_on(client, shop) == ""


def test_a_page_that_was_kept_says_it_at_once(
    client, shop, plaque, vendor, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 300
    with time_machine.travel(MORNING, tick=False):
        assert said_on(client, shop) == ""
        with django_capture_on_commit_callbacks(execute=True):
            check(shop, plaque, vendor)
        assert "07:42" in said_on(client, shop)


def test_the_day_is_that_of_the_ward_and_not_of_greenwich(shop, plaque, vendor):
    with time_machine.travel("2026-11-26T16:59:00+00:00", tick=False) as clock:
        check(shop, plaque, vendor)
        shop.shop.refresh_from_db()
        assert card_checked(shop.shop, now=timezone.now()).is_today
        clock.shift(timedelta(minutes=1))
        assert timezone.now().astimezone(WARD_ZONE).day == 27
        assert not card_checked(shop.shop, now=timezone.now()).is_today


def test_saying_it_costs_the_page_no_query(client, shop, plaque, vendor, django_assert_num_queries):
    with time_machine.travel(MORNING, tick=False):
        client.get(shop.url)
        with django_assert_num_queries(1000, exact=False) as before:
            client.get(shop.url)
        check(shop, plaque, vendor)
        with django_assert_num_queries(len(before), exact=False):
            client.get(shop.url)


@pytest.mark.parametrize("finding", [CardFinding.DAMAGED, CardFinding.PASTED_OVER])
def test_a_bad_card_raises_an_alert_and_the_page_no_longer_praises_it(client, shop, plaque, vendor, finding):
    check(shop, plaque, vendor)
    check(shop, plaque, vendor, finding)
    assert said_on(client, shop) == ""
    alert = PlaqueAlert.objects.get()
    assert (alert.plaque, alert.kind) == (plaque, AlertKind(finding))
    assert [one.finding for one in CardCheck.objects.all()] == [finding, CardFinding.GOOD]


@pytest.mark.parametrize("why", ["another shop's", "shop in dispute"])
def test_what_cannot_be_checked_changes_nothing(street, shop, plaque, vendor, why):
    if why == "another shop's":
        plaque = Plaque.objects.for_page(ShopPageFactory(parent=street))
    else:
        shop.shop.disputed_since = timezone.now()
        shop.shop.save()
    with pytest.raises(CardCheckRefused):
        check(shop, plaque, vendor)
    shop.shop.refresh_from_db()
    assert shop.shop.card_checked_at is None
    assert not CardCheck.objects.exists()


def test_in_a_dispute_the_ward_still_hears_that_something_is_pasted_over_a_card(shop, plaque, vendor):
    shop.shop.disputed_since = timezone.now()
    shop.shop.save()
    check(shop, plaque, vendor, CardFinding.PASTED_OVER)
    assert PlaqueAlert.objects.get().kind == AlertKind.PASTED_OVER


def test_a_card_is_known_to_those_who_keep_its_shop_now_and_to_nobody_else(shop, plaque, vendor, django_user_model):
    assert shop_of_card(vendor, plaque) == shop.shop
    assert shop_of_card(django_user_model.objects.create_user("nguoikhac"), plaque) is None
    assert shop_of_card(vendor, Plaque(page_key=None)) is None
    ShopMember.objects.update(ended_at=timezone.now())
    assert shop_of_card(vendor, plaque) is None


def test_no_form_of_the_admin_sets_it(shop):
    assert not shop.shop._meta.get_field("card_checked_at").editable
    with pytest.raises(ValidationError):
        CardCheck(shop=shop.shop, finding="splendid").full_clean()
