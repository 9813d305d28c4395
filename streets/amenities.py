"""What a guest finds at a shop, with what OpenStreetMap calls it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Amenity(models.TextChoices):
    WHEELCHAIR = "wheelchair_entrance", _("Entrance for wheelchairs")
    TOILET = "accessible_toilet", _("Accessible toilet")
    AIR_CONDITIONING = "air_conditioning", _("Air conditioning")
    WIFI = "wifi", _("Free wifi")
    PARKING_MOTORBIKE = "parking_motorbike", _("Motorbike parking")
    PARKING_CAR = "parking_car", _("Car parking")
    OUTDOOR_SEATS = "outdoor_seats", _("Outdoor seats")
    SMOKE_FREE = "smoke_free", _("Smoke-free")
    PETS = "pets", _("Pets welcome")
    TAKEAWAY = "takeaway", _("Takeaway")
    DELIVERY = "delivery", _("Delivery")
    HIGH_CHAIR = "high_chair", _("High chair")


OSM_TAGS = {
    Amenity.WHEELCHAIR: "wheelchair=yes",
    Amenity.TOILET: "toilets:wheelchair=yes",
    Amenity.AIR_CONDITIONING: "air_conditioning=yes",
    Amenity.WIFI: "internet_access=wlan",
    Amenity.PARKING_MOTORBIKE: "motorcycle_parking=yes",
    Amenity.PARKING_CAR: "parking=yes",
    Amenity.OUTDOOR_SEATS: "outdoor_seating=yes",
    Amenity.SMOKE_FREE: "smoking=no",
    Amenity.PETS: "dog=yes",
    Amenity.TAKEAWAY: "takeaway=yes",
    Amenity.DELIVERY: "delivery=yes",
    Amenity.HIGH_CHAIR: "highchair=yes",
}
