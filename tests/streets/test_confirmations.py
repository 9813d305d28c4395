from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from streets.confirmations import Age, Confirmer, age_on, confirm
from streets.models import FactChange, Shop
from tests.factories import ShopPageFactory, translate

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("days", "age"), [(0, Age.FRESH), (90, Age.FRESH), (91, Age.AGEING), (180, Age.AGEING), (181, Age.OLD)]
)
def test_a_confirmation_ages_at_its_day(days, age):
    assert age_on(TODAY - timedelta(days=days), TODAY) == age


def test_nobody_having_confirmed_is_unknown():
    assert age_on(None, TODAY) == Age.UNKNOWN


@pytest.mark.django_db
@pytest.mark.parametrize(("moment", "is_old"), [("2026-11-25T16:59:59Z", False), ("2026-11-25T17:00:00Z", True)])
def test_the_page_says_so_from_midnight_in_the_ward_on_even_from_the_cache(client, street, moment, is_old):
    page = ShopPageFactory(parent=street)
    Shop.objects.filter(pk=page.shop_id).update(confirmed_by_owner_on=TODAY - timedelta(days=90))
    url = translate(page, "A Shop").url
    with time_machine.travel("2026-11-25T16:59:30Z", tick=False):
        assert "more than 90 days" not in client.get(url).content.decode()
    with time_machine.travel(moment, tick=False):
        assert ("more than 90 days" in client.get(url).content.decode()) is is_old


@pytest.mark.django_db
def test_an_officer_confirms_with_one_click_and_the_log_keeps_it(editor_client, editor, street):
    shop = ShopPageFactory(parent=street).shop
    answer = editor_client.post(reverse("confirm_shop", args=[shop.pk, "officer"]))
    assert answer.url == reverse(Shop.snippet_viewset.get_url_name("edit"), args=[shop.pk])
    shop.refresh_from_db()
    assert shop.confirmed_by_officer_on == timezone.localdate()
    assert FactChange.objects.get(what="confirmed_by_officer_on").by == editor
    assert editor_client.get(reverse("confirm_shop", args=[shop.pk, "officer"])).status_code == 405
    assert editor_client.post(reverse("confirm_shop", args=[shop.pk, "nobody"])).status_code == 404


@pytest.mark.django_db
def test_a_day_is_that_of_the_ward(street):
    shop = ShopPageFactory(parent=street).shop
    confirm(shop=shop, as_who=Confirmer.OWNER, now=datetime(2026, 11, 25, 17, 30, tzinfo=UTC), by=None)
    shop.refresh_from_db()
    assert shop.confirmed_by_owner_on == date(2026, 11, 26)


@pytest.mark.django_db
def test_nobody_else_confirms(client, street, django_user_model):
    shop = ShopPageFactory(parent=street).shop
    client.force_login(django_user_model.objects.create_user("chuquan"))
    client.post(reverse("confirm_shop", args=[shop.pk, "officer"]))
    shop.refresh_from_db()
    assert shop.confirmed_by_officer_on is None
