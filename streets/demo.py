"""The streets of the demonstration ward and their invented shops, from `demo_data/streets.json`."""

import json
from itertools import cycle
from pathlib import Path
from typing import Any

from media.models import Picture
from media.sample_pictures import sample_picture
from streets import demo_changes, demo_claims, demo_payments
from streets.demo_food_safety import load_food_safety
from streets.demo_hours import load_hours
from streets.demo_listing import add_photos, load_listing, page_facts
from streets.demo_programmes import load_criteria, load_months
from streets.models import (
    FoodVendorPage,
    Programme,
    ProgrammeWording,
    ShopCategory,
    ShopCategoryWording,
    ShopMember,
    ShopPage,
    StreetIndexPage,
    StreetPage,
    StreetProgramme,
)
from wardmark.accounts.demo import demo_vendor
from wardmark.base.demo import LANGUAGES, DemoWard, Pages, publish, words_from

DATA = Path(__file__).parent / "demo_data" / "streets.json"
# A few drawings for all shops: each one more costs a second of cutting.
FRONT, FRONTS = "Mặt tiền cửa hàng", 5
INDEX = {
    "vi": {"title": "Tuyến phố", "summary": "Những tuyến phố kiểu mẫu và các cửa hàng dọc phố."},
    "en": {"title": "Streets", "summary": "The model streets and the shops along them."},
}


def load(ward: DemoWard) -> None:
    data = json.loads(DATA.read_text())
    programmes = {row["key"]: _programme(row) for row in data["programmes"]}
    load_criteria(programmes)
    categories = {row["key"]: _category(row) for row in data["categories"]}
    fronts = [sample_picture("shop", seed=number, title=FRONT) for number in range(FRONTS)]
    pictures = dict(zip(categories, cycle(fronts), strict=False))
    index = publish(ward.homes, StreetIndexPage(), INDEX)
    shops: dict[str, Pages] = {}
    for number, row in enumerate(data["streets"]):
        street = publish(index, _street(row, programmes, number), words_from(row, "story"))
        for shop in row["shops"]:
            pages = publish(street, _shop(shop, categories, pictures), words_from(shop, "story"))
            _show_more(pages, shop, fronts)
            shops[shop["key"]] = pages
    load_hours({key: pages["vi"].shop for key, pages in shops.items()})
    load_food_safety({key: pages["vi"].shop for key, pages in shops.items()})
    demo_payments.load({key: pages["vi"].shop for key, pages in shops.items()})
    ShopMember.objects.create(shop=next(iter(shops.values()))["vi"].shop, user=demo_vendor())
    demo_claims.load([pages["vi"].shop for pages in shops.values()])
    demo_changes.load({key: pages["vi"].shop for key, pages in shops.items()})
    load_months()


def _programme(row: dict[str, Any]) -> Programme:
    programme = Programme(key=row["key"].replace("_", "-"))
    programme.wordings = [ProgrammeWording(language=language, **row[language]) for language in LANGUAGES]
    programme.save()
    return programme


def _category(row: dict[str, Any]) -> ShopCategory:
    category = ShopCategory(key=row["key"], osm_tag=row["osm_tag"], schema_type=row["schema_type"])
    category.wordings = [ShopCategoryWording(language=language, name=row[language]) for language in LANGUAGES]
    category.save()
    return category


def _street(row: dict[str, Any], programmes: dict[str, Programme], number: int) -> StreetPage:
    street = StreetPage(photo=sample_picture("street", seed=number, title=row["vi"]["title"]), is_illustrative=True)
    street.programme_links = [StreetProgramme(programme=programmes[key]) for key in row["programmes"]]
    return street


def _shop(row: dict[str, Any], categories: dict[str, ShopCategory], pictures: dict[str, Picture]) -> ShopPage:
    shared = {
        "category": categories[row["category"]],
        "phone": row["phone"],
        "photo": pictures[row["category"]],
        "is_illustrative": True,
        **page_facts(row),
    }
    if row["type"] == "shop":
        return ShopPage(**shared)
    return FoodVendorPage(**shared)


def _show_more(pages: Pages, row: dict[str, Any], fronts: list[Picture]) -> None:
    load_listing(pages["vi"].shop, row)
    if row.get("photos"):
        for language, page in pages.items():
            add_photos(page, row, fronts, language)
            page.save_revision().publish()
