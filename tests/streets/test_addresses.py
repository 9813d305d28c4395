import contextlib
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from streets.addresses import AddressParts, address_line, read_alley, read_floor, read_house_number, split_line
from streets.models import ShopPage, StreetPage
from streets.readdressing import readdress
from tests.factories import ShopPageFactory, StreetPageFactory, translate
from wardmark.base.page_cache import pages_mark


@pytest.mark.parametrize(
    ("parts", "vietnamese", "english"),
    [
        (AddressParts(), "Phố Thử", "Thử Street"),
        (AddressParts(house_number="12A"), "Số 12A phố Thử", "12A Thử Street"),
        (AddressParts("2", "12A"), "Tầng 2, số 12A phố Thử", "Floor 2, 12A Thử Street"),
        (AddressParts("", "5", "ngõ 12/34"), "Số 5 ngõ 12/34 phố Thử", "5 Alley 12/34, Thử Street"),
        (
            AddressParts("", "5", "ngách 34, ngõ 12"),
            "Số 5 ngách 34 ngõ 12 phố Thử",
            "5 Side alley 34, Alley 12, Thử Street",
        ),
        (AddressParts("", "", "hẻm 7"), "Hẻm 7 phố Thử", "Alley 7, Thử Street"),
    ],
)
def test_an_address_follows_the_order_of_its_language(parts, vietnamese, english):
    assert address_line(parts, "Phố Thử", "vi") == vietnamese
    assert address_line(parts, "Thử Street", "en") == english


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("12/34", "ngõ 12/34"), ("Ngõ 12", "ngõ 12"), ("ngach 34,ngo 12a", "ngách 34, ngõ 12A"), ("", "")],
)
def test_an_alley_is_kept_in_one_form(typed, kept):
    assert read_alley(typed) == kept
    assert read_alley(kept) == kept


@pytest.mark.parametrize("typed", ["ngõ", "sau chợ", "ngõ 12//3", "phố 3"])
def test_what_is_no_alley_is_refused(typed):
    with pytest.raises(ValidationError):
        read_alley(typed)


def test_a_house_number_stands_alone():
    assert read_house_number("Số 12a") == "12A"
    with pytest.raises(ValidationError):
        read_house_number("đối diện chợ")


@given(st.text(max_size=60))
def test_reading_an_address_never_fails_but_in_words(text):
    for read in (read_alley, read_house_number):
        with contextlib.suppress(ValidationError):
            assert read(read(text)) == read(text)
    split_line(text, "Phố Thử")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Số 12A, phố Thử, phường Thử", AddressParts("", "12A", "")),
        ("Tầng 2, số 5 ngõ 12/34 phố Thử", AddressParts("2", "5", "ngõ 12/34")),
        ("Số 1 (minh hoạ), phố Thử", None),
        ("Đối diện chợ, phố Thử", None),
        ("Số 5 phố Khác", None),
    ],
)
def test_a_typed_address_is_taken_apart_only_when_all_of_it_is_understood(typed, parts):
    assert split_line(typed, "Phố Thử") == parts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("street", "line"),
    [
        ("Phố Thử", "Số 5 phố Thử"),
        ("Đường Thử", "Số 5 đường Thử"),
        ("Đại lộ Thử", "Số 5 đại lộ Thử"),
        ("Nguyễn Thử", "Số 5 Nguyễn Thử"),
        ("Đường", "Số 5 Đường"),
    ],
)
def test_a_proper_name_keeps_its_capital(street, line):
    assert address_line(AddressParts("", "5", ""), street, "vi") == line


def test_letters_that_came_apart_from_their_marks_are_read_as_well():
    apart = unicodedata.normalize("NFD", "ngách 34, ngõ 12")
    assert read_alley(apart) == "ngách 34, ngõ 12"
    assert read_floor(unicodedata.normalize("NFD", "tầng 2")) == "2"
    assert read_house_number(unicodedata.normalize("NFD", "số 12Đ")) == "12Đ"


class TestOnThePage:
    def test_the_address_is_rendered_in_each_language(self, street):
        shop = ShopPageFactory(parent=street, house_number="5", alley="12/34")
        translation = translate(shop, "A Shop")
        assert shop.address == "Số 5 ngõ 12/34 phố Thử"
        assert translation.address == "5 Alley 12/34, Trial Street"

    def test_a_typed_address_stands_until_its_parts_are_entered(self, street):
        shop = ShopPageFactory(parent=street, address="Cạnh đình làng")
        assert shop.address == "Cạnh đình làng"
        shop.house_number = "3"
        shop.save()
        assert shop.address == "Số 3 phố Thử"

    def test_shops_follow_when_their_street_is_renamed(self, street):
        shop = ShopPageFactory(parent=street, house_number="5")
        old = ShopPageFactory(parent=street, address="Cạnh đình làng")
        street.title = "Phố Mới"
        street.save_revision().publish()
        assert ShopPage.objects.get(pk=shop.pk).address == "Số 5 phố Mới"
        assert ShopPage.objects.get(pk=old.pk).address == "Cạnh đình làng"

    def test_a_shop_that_moves_has_the_address_of_its_new_street(self, street):
        shop = ShopPageFactory(parent=street, house_number="5")
        other = StreetPageFactory(parent=street.get_parent(), title="Phố Khác")
        shop.move(other, pos="last-child")
        assert ShopPage.objects.get(pk=shop.pk).address == "Số 5 phố Khác"

    def test_pages_that_were_kept_meanwhile_are_forgotten(self, street, django_capture_on_commit_callbacks):
        ShopPageFactory(parent=street, house_number="5")
        StreetPage.objects.filter(pk=street.pk).update(title="Phố Mới")
        before = pages_mark()
        with django_capture_on_commit_callbacks(execute=True):
            # Search is told as well, which alone would forget nothing.
            assert readdress(street=StreetPage.objects.get(pk=street.pk)) == 1
        assert pages_mark() != before
