"""Streets, their programmes, and the shops along them."""

from streets.models.shops import FoodVendorPage, ShopCategory, ShopCategoryWording, ShopMember, ShopPage
from streets.models.streets import Programme, ProgrammeWording, StreetIndexPage, StreetPage, StreetProgramme

__all__ = [
    "FoodVendorPage",
    "Programme",
    "ProgrammeWording",
    "ShopCategory",
    "ShopCategoryWording",
    "ShopMember",
    "ShopPage",
    "StreetIndexPage",
    "StreetPage",
    "StreetProgramme",
]
