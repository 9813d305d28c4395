"""Where the shop is, and how to reach it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from streets.links import read_links
from streets.models import ShopPage
from streets.portal.forms.changing import ChangeForm, line, lines
from streets.shared_positions import LONGEST, NoPosition, read_position
from wardmark.base import national_phones
from wardmark.base.boundary import metres_outside
from wardmark.base.geometry import Parts
from wardmark.base.places import Position

# So far outside the ward nobody's shop of this ward stands: a pin there is a slip.
FARTHEST_OUTSIDE_M = 2_000


class PlaceForm(ChangeForm):
    """The parts of the address and the pin. The pin comes from the phone, or from what a map app shares."""

    carries = {
        "house_number": "house_number",
        "floor": "floor",
        "alley": "alley",
        "latitude": "pin",
        "longitude": "pin",
        "shared": "pin",
    }

    house_number = line(
        _("House number"),
        ShopPage._meta.get_field("house_number").max_length,
        help_text=_("The number alone, for example 12A."),
    )
    alley = line(_("Alley"), ShopPage._meta.get_field("alley").max_length, help_text=_("For example “ngõ 12/34”."))
    floor = line(_("Floor"), ShopPage._meta.get_field("floor").max_length)
    # Filled in by the phone after a tap.
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    shared = line(
        _("Or paste a link from your map app"),
        LONGEST,
        help_text=_("In the map app, press on your shop, then copy the two numbers or share the place."),
        autocomplete="off",
    )

    def __init__(self, *args: Any, boundary: Parts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boundary = boundary

    def to_form(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: values[name] for name in ("house_number", "floor", "alley")}

    def to_wish(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        wish = {name: cleaned[name].strip() for name in ("house_number", "floor", "alley")}
        pin: Position | None = cleaned.get("pin")
        if pin is None:
            # Nobody takes a pin away by leaving these fields empty.
            return wish | {"pin": self.entered.get("pin", cleaned["seen"].get("pin"))}
        return wish | {"pin": {"latitude": f"{pin.latitude:.6f}", "longitude": f"{pin.longitude:.6f}"}}

    def clean_shared(self) -> Position | None:
        text = self.cleaned_data["shared"].strip()
        if not text:
            return None
        try:
            return read_position(text)
        except NoPosition as reason:
            if reason.is_shortened:
                raise ValidationError(
                    _(
                        "Only the map app itself can open this short link. Please press on your shop in the map and "
                        "copy the two numbers, for example 21.037110, 105.794890."
                    ),
                    code="short",
                ) from None
            raise ValidationError(
                _("There is no place in this. Please copy two numbers, for example 21.037110, 105.794890."), code="none"
            ) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        latitude, longitude = data.get("latitude"), data.get("longitude")
        stands = Position(latitude, longitude) if latitude is not None and longitude is not None else None
        pin = data["pin"] = data.get("shared") or stands
        if pin and self.boundary and metres_outside(pin, self.boundary) > FARTHEST_OUTSIDE_M:
            self.add_error("shared", _("This place lies outside the ward. Please check it."))
        return data


class ContactForm(ChangeForm):
    carries = {"phone": "phone", "links": "links"}

    phone = line(
        _("Public phone"),
        ShopPage._meta.get_field("phone").max_length,
        help_text=_("Guests call it. It is not the number you sign in with, unless you write the same."),
        inputmode="tel",
        autocomplete="off",
    )
    links = lines(
        _("Links"),
        ShopPage._meta.get_field("links").max_length,
        help_text=_("One address per line: Facebook, Zalo, Google Maps, TikTok, its own site …"),
    )

    def to_form(self, values: Mapping[str, Any]) -> dict[str, Any]:
        phone = values["phone"]
        return {"phone": national_phones.shown(phone) if phone else "", "links": values["links"]}

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        return national_phones.normalised(phone) if phone else ""

    def clean_links(self) -> str:
        return "\n".join(read_links(self.cleaned_data["links"]))
