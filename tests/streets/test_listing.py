"""What a shop offers: on its page, in what machines read, in search, in the admin."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from PIL.ExifTags import IFD
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from media.models import Picture
from streets.models import Product, Shop, ShopCategory, ShopPhoto
from streets.prices import price_range
from streets.vocabularies import validate_osm_tag
from tests.factories import FoodVendorPageFactory, PictureFactory, ShopCategoryFactory, ShopPageFactory, translate
from tests.media.photographs import photograph
from tests.streets.accounts import PAYEE, SAMPLE, active
from tests.streets.food import an_inspection

pytestmark = pytest.mark.django_db


@pytest.fixture
def vendor(street):
    category = ShopCategoryFactory()
    ShopCategory.objects.filter(pk=category.pk).update(schema_type="Bakery", osm_tag="shop=bakery")
    page = FoodVendorPageFactory(
        parent=street, category=category, phone="1900 1234", legal_name="Hộ kinh doanh Thử", links="zalo.me/1"
    )
    Shop.objects.filter(pk=page.shop_id).update(
        payment_kinds=["cash"], amenities=["wifi"], price_from=5000, price_to=65000, gives_e_invoice=False
    )
    Product.objects.create(
        shop=page.shop,
        name={"vi": "Bánh su", "en": "Puff"},
        price=8000,
        allergens=["milk"],
        sold_out=False,
        sort_order=0,
    )
    Product.objects.create(shop=page.shop, name={"vi": "Bánh cốm"}, price=9000, sold_out=True, sort_order=1)
    return page


def test_the_page_shows_what_is_offered_in_the_visitors_language(client, vendor):
    shown = client.get(translate(vendor, "Bakery").url).content.decode()
    for words in ("Puff", "8,000", "Contains: Milk", "Sold out", "Free wifi", "Cash", "Not given", "1900 1234"):
        assert words in shown
    assert 'lang="vi">Bánh cốm' in shown
    assert 'href="https://zalo.me/1" rel="noopener nofollow"' in shown


def test_what_nobody_knows_is_left_out(client, street):
    shown = client.get(translate(ShopPageFactory(parent=street), "A Shop").url).content.decode()
    for words in ("E-invoice", "Payment", "On the spot", "Elsewhere"):
        assert f"<dt>{words}" not in shown
    assert "not known when the owner last confirmed" in shown


def test_machines_read_a_food_vendors_menu(client, vendor):
    shown = client.get(translate(vendor, "Bakery").url).content.decode()
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL)
    about = json.loads(script)["mainEntity"]
    assert about["@type"] == "Bakery"
    assert about["legalName"] == "Hộ kinh doanh Thử"
    assert about["sameAs"] == ["https://zalo.me/1"]
    assert about["hasMenu"]["hasMenuItem"][0]["offers"] == {"@type": "Offer", "price": 8000, "priceCurrency": "VND"}
    assert about["amenityFeature"][0]["value"] is True


def test_twelve_photos_and_many_products_cost_no_further_query(client, vendor):
    translate(vendor, "Bakery")
    client.get(vendor.url)
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(vendor.url + "?a=1")
    for number in range(12):
        picture = PictureFactory()
        ShopPhoto.objects.create(page=vendor, picture=picture, alt=f"Ảnh {number}", locale=vendor.locale)
        Product.objects.create(shop=vendor.shop, name={"vi": f"Món {number}"})
    client.get(vendor.url + "?a=2")
    with CaptureQueriesContext(connection) as after:
        shown = client.get(vendor.url + "?a=3").content.decode()
    assert 'alt="Ảnh 11"' in shown
    assert "image/avif" in shown
    assert len(after) <= min(12, len(before) + 1)


def test_photos_are_in_revisions_and_need_words(vendor):
    vendor.gallery = [ShopPhoto(picture=PictureFactory(), alt="Quầy bánh", locale=vendor.locale)]
    vendor.save_revision()
    assert not ShopPhoto.objects.exists()
    with pytest.raises(ValidationError):
        ShopPhoto(picture=PictureFactory(), alt="").clean_fields(exclude=["page", "locale"])


def test_a_shop_is_found_by_its_legal_name_and_its_goods(vendor):
    folded = vendor.folded()
    assert "ho kinh doanh thu" in folded
    assert "banh com" in folded


@pytest.mark.parametrize("tag", ["amenity", "a=b c", "=x", "Amenity=cafe"])
def test_a_tag_that_is_none_is_refused(tag):
    with pytest.raises(ValidationError):
        validate_osm_tag(tag)
    validate_osm_tag("amenity=cafe")


def test_unknown_keys_and_impossible_prices_are_refused(vendor):
    shop = vendor.shop
    shop.payment_kinds = ["gold"]
    shop.price_from, shop.price_to = 9000, 800
    with pytest.raises(ValidationError) as refused:
        shop.full_clean()
    assert {"payment_kinds", "price_to"} <= set(refused.value.message_dict)
    with pytest.raises(ValidationError):
        Product(shop=shop, name={"vi": " "}).full_clean()


@pytest.mark.parametrize(("low", "high", "said"), [(None, None, ""), (5000, 5000, "5.000 ₫"), (None, 700, "700 ₫")])
def test_a_price_range_is_said_as_far_as_it_is_known(low, high, said):
    assert price_range(low, high) == said


def test_the_pages_form_and_the_shops_form_open(editor_client, vendor):
    assert editor_client.get(reverse("wagtailadmin_pages:edit", args=[vendor.pk])).status_code == 200
    shown = editor_client.get(reverse(Shop.snippet_viewset.get_url_name("edit"), args=[vendor.shop_id]))
    assert 'name="products-0-price"' in shown.content.decode()


def test_a_photo_of_the_gallery_says_not_where_it_was_taken(client, editor_client, vendor):
    photo = SimpleUploadedFile("quay.jpg", photograph(size=(1300, 900)), "image/jpeg")
    answer = editor_client.post(reverse("wagtailimages:add"), {"title": "Quầy", "file": photo})
    assert answer.status_code == 302
    picture = Picture.objects.get(title="Quầy")
    ShopPhoto.objects.create(page=vendor, picture=picture, alt="Quầy", locale=vendor.locale)
    assert 'alt="Quầy"' in client.get(vendor.url).content.decode()
    assert picture.renditions.exists()
    for stored in (picture, *picture.renditions.all()):
        with stored.file.open() as file, Image.open(file) as drawn:
            assert not drawn.getexif().get_ifd(IFD.GPSInfo)


def gallery_form(vendor, picture, alts):
    photos = [{"picture": str(picture.pk), "alt": alt, "ORDER": str(n + 1)} for n, alt in enumerate(alts)]
    return nested_form_data(
        {
            "title": vendor.title,
            "slug": vendor.slug,
            "story": streamfield([]),
            "gallery": inline_formset(photos),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )


@pytest.mark.parametrize(("alts", "is_kept"), [(["Ảnh"] * 11, True), (["Ảnh"] * 12, False), (["Ảnh", ""], False)])
def test_a_page_holds_twelve_photos_with_its_own_each_in_words(editor_client, vendor, alts, is_kept):
    url = reverse("wagtailadmin_pages:edit", args=[vendor.pk])
    answer = editor_client.post(url, gallery_form(vendor, PictureFactory(), alts))
    assert (answer.status_code == 302) is is_kept
    assert vendor.gallery.model.objects.filter(page=vendor).count() == (len(alts) if is_kept else 0)


def test_machines_are_told_nothing_of_accounts_and_inspections(client, vendor, editor, second_officer):
    active(vendor.shop, editor, second_officer)
    an_inspection(vendor.shop, days_ago=30, finding="Sàn ướt", finalised_on=timezone.localdate())
    shown = client.get(vendor.url).content.decode()
    told = "".join(re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL))
    for hidden in (SAMPLE.account, SAMPLE.account[-4:], PAYEE, "Sàn ướt", "Đoàn thử"):
        assert hidden not in told
    assert "Sàn ướt" not in shown
