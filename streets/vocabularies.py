"""What others call a kind of shop: a tag of OpenStreetMap, a type of schema.org."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_TAG = re.compile(r"[a-z][a-z0-9_:]{0,62}=[a-z0-9][a-z0-9_;-]{0,98}")
# Subtypes of FoodEstablishment.
FOOD_TYPES = (
    "FoodEstablishment",
    "Bakery",
    "BarOrPub",
    "Brewery",
    "CafeOrCoffeeShop",
    "FastFoodRestaurant",
    "IceCreamShop",
    "Restaurant",
)
# Other subtypes of LocalBusiness that a street has.
SHOP_TYPES = (
    "LocalBusiness",
    "AutoRepair",
    "BankOrCreditUnion",
    "BeautySalon",
    "BikeStore",
    "BookStore",
    "ClothingStore",
    "ComputerStore",
    "ConvenienceStore",
    "Dentist",
    "DryCleaningOrLaundry",
    "ElectronicsStore",
    "Florist",
    "FurnitureStore",
    "GroceryStore",
    "HairSalon",
    "HardwareStore",
    "HealthAndBeautyBusiness",
    "Hotel",
    "JewelryStore",
    "MobilePhoneStore",
    "MotorcycleRepair",
    "OfficeEquipmentStore",
    "Optician",
    "PetStore",
    "Pharmacy",
    "ShoeStore",
    "SportingGoodsStore",
    "Store",
    "ToyStore",
)
SCHEMA_TYPES = [(name, name) for name in (*FOOD_TYPES, *SHOP_TYPES)]


def validate_osm_tag(text: str) -> None:
    if not _TAG.fullmatch(text):
        raise ValidationError(
            _("Please write a tag of OpenStreetMap as key=value, for example amenity=cafe."), code="osm"
        )
