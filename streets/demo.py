"""The streets of the demonstration ward and their invented shops, from `demo_data/streets.json`."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from media.models import Picture
from media.sample_pictures import sample_picture
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
from wardmark.base.demo import DemoWard, Pages, publish

DATA = Path(__file__).parent / "demo_data" / "streets.json"
LANGUAGES = ("vi", "en")
INDEX = {
    "vi": {"title": "Tuyến phố", "summary": "Những tuyến phố kiểu mẫu và các cửa hàng dọc phố."},
    "en": {"title": "Streets", "summary": "The model streets and the shops along them."},
}


def load(ward: DemoWard) -> None:
    data = json.loads(DATA.read_text())
    programmes = {row["key"]: _programme(row) for row in data["programmes"]}
    categories = {row["key"]: _category(row) for row in data["categories"]}
    pictures = {
        key: sample_picture("shop", seed=number, title=str(category))
        for number, (key, category) in enumerate(categories.items())
    }
    index = publish(ward.homes, StreetIndexPage(), INDEX)
    shops: dict[str, Pages] = {}
    for number, row in enumerate(data["streets"]):
        street = publish(index, _street(row, programmes, number), _words(row))
        for shop in row["shops"]:
            shops[shop["key"]] = publish(street, _shop(shop, categories, pictures), _words(shop))
    ShopMember.objects.create(shop=next(iter(shops.values()))["vi"], user=demo_vendor())


def _programme(row: dict[str, Any]) -> Programme:
    programme = Programme(key=row["key"].replace("_", "-"))
    programme.wordings = [ProgrammeWording(language=language, **row[language]) for language in LANGUAGES]
    programme.save()
    return programme


def _category(row: dict[str, Any]) -> ShopCategory:
    category = ShopCategory(key=row["key"])
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
    }
    if row["type"] == "shop":
        return ShopPage(**shared)
    return FoodVendorPage(**shared, **_paper(row["paper"]))


def _paper(paper: dict[str, Any] | None) -> dict[str, Any]:
    """Dates are days from today, so that the demonstration always shows every state of a paper."""
    if paper is None:
        return {}
    today, until = timezone.localdate(), paper["expires_offset_days"]
    return {
        "paper_kind": paper["kind"],
        "paper_number": paper["number"],
        "paper_issued_on": today + timedelta(days=paper["issued_offset_days"]),
        "paper_expires_on": None if until is None else today + timedelta(days=until),
    }


def _words(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        language: row[language] | {"story": [(block["type"], block["value"]) for block in row[language]["story"]]}
        for language in LANGUAGES
    }
