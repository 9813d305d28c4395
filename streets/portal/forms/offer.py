"""What a guest finds besides the goods: how to pay, what there is on the spot, what things cost."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from streets.amenities import Amenity
from streets.payment_kinds import PaymentKind
from streets.portal.forms.amounts import AmountField
from streets.portal.forms.changing import ChangeForm, choices

_ANSWERS = {"yes": True, "no": False, "": None}


class OfferForm(ChangeForm):
    carries = {
        "payment_kinds": "payment_kinds",
        "gives_e_invoice": "gives_e_invoice",
        "amenities": "amenities",
        "price_from": "price_range",
        "price_to": "price_range",
    }

    payment_kinds = choices(_("Payment accepted"), PaymentKind)
    gives_e_invoice = forms.ChoiceField(
        label=_("Do you give e-invoices?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not said"))],
        required=False,
        widget=forms.RadioSelect,
    )
    price_from = AmountField(label=_("Usual prices from"), required=False)
    price_to = AmountField(label=_("up to"), required=False)
    amenities = choices(_("On the spot"), Amenity)

    def to_form(self, values: Mapping[str, Any]) -> dict[str, Any]:
        said = next(key for key, answer in _ANSWERS.items() if answer is values["gives_e_invoice"])
        prices = values["price_range"]
        shown = {"gives_e_invoice": said, "price_from": prices["from"], "price_to": prices["to"]}
        return {name: values[name] for name in ("payment_kinds", "amenities")} | shown

    def to_wish(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "payment_kinds": cleaned["payment_kinds"],
            "gives_e_invoice": _ANSWERS[cleaned["gives_e_invoice"]],
            "amenities": cleaned["amenities"],
            "price_range": {"from": cleaned["price_from"], "to": cleaned["price_to"]},
        }
