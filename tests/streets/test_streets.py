import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from streets.joined_programmes import joined_programmes
from streets.models import StreetProgramme
from tests.factories import (
    FoodVendorPageFactory,
    ProgrammeFactory,
    ShopCategoryFactory,
    ShopPageFactory,
    StreetPageFactory,
    translate,
)

pytestmark = pytest.mark.django_db


def join(street, *programmes) -> None:
    street.programme_links = [StreetProgramme(programme=programme) for programme in programmes]
    street.save_revision().publish()


def test_a_streets_programmes_are_shown_in_the_visitors_language(client, ward, street):
    index = street.get_parent()
    page = StreetPageFactory(parent=index)
    join(page, ProgrammeFactory(names={"vi": "Phố sạch", "en": "Clean street"}))
    translation = translate(page, "A Street")
    assert "Phố sạch" in client.get(page.url).content.decode()
    shown = client.get(translation.url).content.decode()
    assert "Clean street" in shown
    assert "Phố sạch" not in shown


def test_programmes_stand_in_the_editors_order(street):
    first, second = ProgrammeFactory(key="zz"), ProgrammeFactory(key="aa")
    join(street, first, second)
    street = type(street).objects.get(pk=street.pk)
    assert [one.link.programme_id for one in joined_programmes(street.programme_links.all())] == [first.pk, second.pk]


def test_a_street_without_programmes_does_not_speak_of_them(client, street):
    assert 'id="programmes"' not in client.get(street.url).content.decode()


def test_a_street_joins_a_programme_once(street):
    programme = ProgrammeFactory()
    StreetProgramme.objects.create(street=street, programme=programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        StreetProgramme.objects.create(street=street, programme=programme)


def test_a_street_lists_its_live_shops_food_vendors_among_them(client, street):
    shop, vendor = ShopPageFactory(parent=street), FoodVendorPageFactory(parent=street)
    away = ShopPageFactory(parent=street, live=False)
    shown = client.get(street.url).content.decode()
    assert shop.title in shown
    assert vendor.title in shown
    assert away.title not in shown


def test_more_shops_cost_no_more_queries(client, street, django_assert_num_queries):
    ShopPageFactory(parent=street, category=ShopCategoryFactory())
    client.get(street.url)
    with CaptureQueriesContext(connection) as one_shop:
        client.get(street.url)
    for _ in range(8):
        ShopPageFactory(parent=street, category=ShopCategoryFactory())
    with django_assert_num_queries(len(one_shop)):
        assert client.get(street.url).content.decode().count("card__title") >= 9
