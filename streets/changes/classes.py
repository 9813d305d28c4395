"""Which field of a shop belongs to which class of change, and what a member must be to change it.

One table for everything an officer can enter about a shop: a test walks the models, so that no field is forgotten. The
class is what the field weighs at its lightest: `routing` makes it heavier for words in another language, for claims of
safety, origin or health, for links to unknown hosts, for a pin that moves far.

A field in several languages is named with the language after it, `title.en`; without one it is the site's first. A
product's field holds its key, `product.12.price`; `product.12` is the product itself, which becomes None when it is
removed, and `product.new` one to be added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from streets.members import Task
from wardmark.base.languages import content_languages, source_language


class ChangeClass(StrEnum):
    """How a change reaches the public."""

    # At once, in the log, taken back within 30 days by those who made it.
    LIVE = "live"
    # At once for a shop that is trusted, and looked over afterwards; for others like BEFORE.
    SAMPLED = "sampled"
    # Once an officer has agreed.
    BEFORE = "before"
    # By a rule of its own behind a fresh sign-in, most with 24 hours and a second officer. Never through `propose`.
    GUARDED = "guarded"
    # Not the vendor's at all.
    NEVER = "never"


class Holder(StrEnum):
    """What a field stands on."""

    SHOP = "shop"
    PRODUCT = "product"
    PAGE = "page"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form offers. `covers` names the fields of models that it stands for, `app.Model.field`.

    `elsewhere` names the module whose rules change it, where `propose` does not.
    """

    name: str
    label: str | Promise
    change_class: ChangeClass
    holder: Holder
    covers: tuple[str, ...]
    task: Task = Task.TELL
    in_languages: bool = False
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as a form names it, `said`: `name` without the language it is in, and the product it is of."""

    name: str
    field: Field
    language: str = ""
    product: int | None = None
    said: str = ""


LIVE, SAMPLED, BEFORE, GUARDED, NEVER = ChangeClass

NEW_PRODUCT = "product.new"
# What fits into a key of the database.
_LONGEST_KEY = 18


def _shop(name: str, label: str | Promise, *fields: str, of: ChangeClass = LIVE, **more: bool) -> Field:
    covers = tuple(f"streets.Shop.{field}" for field in fields or (name,))
    return Field(name, label, of, Holder.SHOP, covers, Task.DAILY if of == LIVE else Task.TELL, **more)


def _product(name: str, label: str | Promise, of: ChangeClass, *, in_languages: bool = False) -> Field:
    task = Task.DAILY if of == LIVE else Task.TELL
    return Field(
        f"product.{name}", label, of, Holder.PRODUCT, (f"streets.Product.{name}",), task, in_languages=in_languages
    )


def _page(name: str, label: str | Promise, of: ChangeClass, *covers: str, in_languages: bool = False) -> Field:
    fields = covers or (name,)
    named = tuple(field if "." in field else f"streets.ShopPage.{field}" for field in fields)
    return Field(name, label, of, Holder.PAGE, named, Task.TELL, in_languages=in_languages)


def _elsewhere(
    name: str, label: str | Promise, of: ChangeClass, by: str, *covers: str, task: Task = Task.TELL
) -> Field:
    return Field(name, label, of, Holder.ELSEWHERE, covers, task, elsewhere=by)


def _never(name: str, label: str | Promise, *covers: str) -> Field:
    return Field(name, label, NEVER, Holder.ELSEWHERE, covers)


_TABLE = (
    # From day to day, on the shop's own row.
    _shop("hours", _("Opening hours")),
    _shop("special_days", _("Special days")),
    _shop("hours_note", _("Note on the hours"), of=SAMPLED, in_languages=True),
    _shop(
        "closure",
        _("Closed, moved or gone"),
        *("closure", "closed_since", "closed_until", "closure_note", "moved_to", "moved_to_address"),
    ),
    _shop("payment_kinds", _("Payment accepted")),
    _shop("gives_e_invoice", _("Gives e-invoices")),
    _shop("amenities", _("Amenities")),
    _shop("price_range", _("Usual prices"), "price_from", "price_to"),
    # What it sells.
    _product("name", _("Name of a product"), SAMPLED, in_languages=True),
    _product("note", _("Note on a product"), SAMPLED, in_languages=True),
    _product("unit", _("What the price is for"), SAMPLED, in_languages=True),
    _product("price", _("Price"), LIVE),
    _product("sold_out", _("Sold out"), LIVE),
    _product("allergens", _("Allergens"), LIVE),
    Field("product", _("Product"), SAMPLED, Holder.PRODUCT, ("streets.Product.shop",)),
    # What its page tells.
    _page("title", pgettext_lazy("of a shop", "Name of the shop"), BEFORE, in_languages=True),
    _page("summary", _("In short"), SAMPLED, in_languages=True),
    _page("story", _("Description"), SAMPLED, in_languages=True),
    _page(
        "photos",
        _("Photos"),
        SAMPLED,
        *("photo", "photo_alt", "streets.ShopPhoto.picture", "streets.ShopPhoto.alt", "streets.ShopPhoto.page"),
        in_languages=True,
    ),
    _page("links", _("Links"), SAMPLED),
    _page("pin", _("Place on the map"), SAMPLED, "latitude", "longitude"),
    _page("category", _("Category"), BEFORE),
    _page("legal_name", _("Legal name"), BEFORE),
    _page("legal_form", _("Legal form"), BEFORE),
    _page("house_number", _("House number"), BEFORE),
    _page("floor", _("Floor"), BEFORE),
    _page("alley", _("Alley"), BEFORE),
    _page("phone", _("Public phone"), BEFORE),
    # By rules of their own, which have an officer between.
    _elsewhere(
        "reply",
        _("Reply to an inspection"),
        BEFORE,
        "streets.inspections",
        *("streets.InspectionReply.words", "streets.InspectionReply.inspection"),
    ),
    _elsewhere(
        "documents",
        _("Papers"),
        BEFORE,
        "streets.sent_papers",
        "streets.SentPaper.*",
    ),
    # Seen by nobody before `photos` names it.
    _elsewhere("photo_uploads", _("Photos"), SAMPLED, "streets.vendor_pictures", "streets.VendorPicture.*"),
    _elsewhere("self_check", _("Own check"), LIVE, "streets.self_checks", "streets.SelfCheck.*", task=Task.DAILY),
    _elsewhere(
        "card_check",
        _("Check my code"),
        LIVE,
        "streets.card_checks",
        *("streets.CardCheck.*", "streets.Shop.card_checked_at"),
        task=Task.DAILY,
    ),
    _elsewhere(
        "confirmation",
        _("Still right"),
        LIVE,
        "streets.confirmations",
        "streets.Shop.confirmed_by_owner_on",
        task=Task.DAILY,
    ),
    # A fresh sign-in, 24 hours and a second officer.
    _elsewhere(
        "payment_account", _("Payment account"), GUARDED, "streets.payments", "streets.PaymentAccount.*", task=Task.OWN
    ),
    _elsewhere(
        "sign_in_phone", _("Phone for signing in"), GUARDED, "wardmark.accounts", "accounts.User.*", task=Task.OWN
    ),
    _elsewhere(
        "ownership",
        _("Who keeps the shop"),
        GUARDED,
        "streets.claims",
        *("streets.OwnershipChange.*", "streets.KeepingEvent.*"),
        task=Task.OWN,
    ),
    # A fresh sign-in, then at once: who helps a shop gets no more than its owner has, and the owner ends it again.
    _elsewhere("helpers", _("Who helps here"), GUARDED, "streets.claims", "streets.ShopMember.*", task=Task.OWN),
    # The ward's alone.
    _never("legal_route", _("Legal route"), "streets.LegalRoute.*"),
    _never("inspections", _("Inspections"), "streets.Inspection.*", "streets.Finding.*"),
    _never(
        "reply_vetting",
        _("Vetting of replies"),
        *(
            f"streets.InspectionReply.{name}"
            for name in ("written_by", "written_on", "state", "vetted_by", "vetted_on", "refused_why")
        ),
    ),
    # What a shop sends (`documents`) says nothing to the public: an officer makes a paper of it, and verifies that.
    _never("paper_status", _("Status of papers"), "streets.LegalDocument.*"),
    _never("programmes", _("Programmes"), "streets.StreetProgramme.*"),
    _never("verification", _("Confirmed by the ward"), "streets.Shop.confirmed_by_officer_on"),
    _never("stale_notices", _("Shops long not confirmed"), "streets.StaleNotice.*"),
    _never("plaques", _("Plaques"), "plaques.Plaque.*", "streets.ShopPage.promise"),
    _never("sample", _("Sample data"), "streets.ShopPage.is_illustrative"),
    # Made of the parts of the address.
    _never("address", _("Address"), "streets.ShopPage.address"),
    _never(
        "publishing",
        _("Publishing and web address"),
        *(
            f"streets.ShopPage.{name}"
            for name in (
                *("slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"),
                *("path", "depth", "numchild", "first_published_at", "content_type", "owner"),
            )
        ),
    ),
)

FIELDS: Mapping[str, Field] = MappingProxyType({field.name: field for field in _TABLE})


def asked(name: str, language: str | None = None) -> Asked | None:
    """Read a field's name as a form has it; None where there is no such field.

    `language` is that of names that carry none, the site's first where nothing is said.
    """
    parts = name.split(".")
    said = ""
    if len(parts) > 1 and parts[-1] in dict(content_languages()):
        said = parts.pop()
    product = None
    if parts[0] == "product" and len(parts) > 1:
        key = parts.pop(1)
        if key.isascii() and key.isdigit() and len(key) <= _LONGEST_KEY:
            product = int(key)
        elif ".".join(["product", key]) != NEW_PRODUCT or len(parts) > 1:
            return None
    elif parts[0] == "product":
        return None
    field = FIELDS.get(".".join(parts))
    if field is None or (said and not field.in_languages):
        return None
    named = said or ((language or source_language()) if field.in_languages else "")
    return Asked(name.removesuffix(f".{said}") if said else name, field, named, product, name)
