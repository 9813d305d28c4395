"""Positions on the ground and the distances between them."""

import math
from dataclasses import dataclass
from urllib.parse import urlencode

EARTH_RADIUS_M = 6_371_008.8
# A walk is longer than the straight line (measured detours in dense street grids lie around 1.3) at 4.8 km/h.
DETOUR = 1.3
WALKING_M_PER_MINUTE = 80


@dataclass(frozen=True, slots=True)
class Position:
    """A point in WGS 84, in decimal degrees."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        return f"{self.latitude:.6f}, {self.longitude:.6f}"

    def distance_to(self, other: "Position") -> float:
        """Return the straight distance in metres (haversine: within 0.5 % at any range)."""
        latitude_1, latitude_2 = math.radians(self.latitude), math.radians(other.latitude)
        half_latitude = (latitude_2 - latitude_1) / 2
        half_longitude = math.radians(other.longitude - self.longitude) / 2
        chord = (
            math.sin(half_latitude) ** 2 + math.cos(latitude_1) * math.cos(latitude_2) * math.sin(half_longitude) ** 2
        )
        return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))

    def walking_minutes_to(self, other: "Position") -> int:
        """Return whole minutes on foot, at least 1."""
        return max(1, round(self.distance_to(other) * DETOUR / WALKING_M_PER_MINUTE))

    @property
    def directions_url(self) -> str:
        """An address that opens the way there in the phone's own map; nothing is loaded before it is tapped."""
        query = urlencode({"api": 1, "destination": f"{self.latitude},{self.longitude}", "travelmode": "walking"})
        return f"https://www.google.com/maps/dir/?{query}"
