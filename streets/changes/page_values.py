"""Reading and writing what a shop's page tells, each field in its JSON form."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from media.models import Picture
from streets.changes.classes import Asked
from streets.changes.shop_values import malformed, text
from streets.descriptions import LONGEST_DESCRIPTION, description, with_description
from streets.models import ShopCategory, ShopPage, ShopPhoto
from streets.models.shop_photos import MOST_PHOTOS

__all__ = ["LONGEST_DESCRIPTION", "read", "write"]


def read(page: ShopPage, asked: Asked) -> Any:
    """Return what the page tells, in the form in which a change of it is wished."""
    name = asked.field.name
    if name == "story":
        return description(page.story)
    if name == "photos":
        return _photos(page)
    if name == "pin":
        return _pin(page)
    if name == "category":
        return page.category.key if page.category_id else ""
    return getattr(page, name)


def write(page: ShopPage, asked: Asked, value: Any) -> None:
    """Set it on the instance, to be judged and saved by whoever called. Raises ValidationError for another form."""
    name = asked.field.name
    if name == "story":
        page.story = with_description(page.story, text(value))
    elif name == "photos":
        _write_photos(page, value)
    elif name == "pin":
        _write_pin(page, value)
    elif name == "category":
        page.category = _category(value)
    elif name == "links":
        page.links = "\n".join(value) if isinstance(value, list) and all(map(_is_text, value)) else text(value)
    else:
        setattr(page, name, text(value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _photos(page: ShopPage) -> list[dict[str, Any]]:
    first = [{"picture": page.photo_id, "alt": page.photo_alt}] if page.photo_id else []
    return first + [{"picture": row.picture_id, "alt": row.alt} for row in page.gallery.all()]


def _write_photos(page: ShopPage, value: Any) -> None:
    wished = [_photo(row) for row in value] if isinstance(value, list | tuple) else None
    if wished is None:
        raise malformed()
    if len(wished) > MOST_PHOTOS:
        raise ValidationError(_("At most %(most)d photos, please."), params={"most": MOST_PHOTOS})
    numbers = [number for number, _alt in wished]
    if len(set(numbers)) != len(numbers):
        raise ValidationError(_("One of these photos is there twice."))
    # A number that no key can be would be an error of the database, not an answer.
    known = Picture.objects.filter(pk__in=[number for number in numbers if number < 2**63])
    if known.count() != len(numbers):
        raise ValidationError(_("One of these photos is no longer there. Please send it again."))
    if not all(alt for _number, alt in wished):
        raise ValidationError(_("Please say in words what each photo shows."))
    page.photo_id, page.photo_alt = wished[0] if wished else (None, "")
    _write_gallery(page, wished[1:])


def _write_gallery(page: ShopPage, wished: list[tuple[int, str]]) -> None:
    kept = {row.picture_id: row for row in page.gallery.all()}
    rows = []
    for order, (number, alt) in enumerate(wished):
        row = kept.pop(number, None) or ShopPhoto(picture_id=number, locale=page.locale)
        row.alt, row.sort_order = alt, order
        rows.append(row)
    page.gallery.set(rows)


def _photo(row: Any) -> tuple[int, str]:
    if not isinstance(row, Mapping) or set(row) != {"picture", "alt"} or type(row["picture"]) is not int:
        raise malformed()
    alt = text(row["alt"])
    most = ShopPhoto._meta.get_field("alt").max_length
    if len(alt) > most:
        raise ValidationError(_("Please write at most %(most)d characters for a photo."), params={"most": most})
    return row["picture"], alt


def _pin(page: ShopPage) -> dict[str, str] | None:
    if page.latitude is None or page.longitude is None:
        return None
    return {"latitude": f"{page.latitude:.6f}", "longitude": f"{page.longitude:.6f}"}


def _write_pin(page: ShopPage, value: Any) -> None:
    if value is None:
        page.latitude = page.longitude = None
        return
    if not isinstance(value, Mapping) or set(value) != {"latitude", "longitude"}:
        raise malformed()
    page.latitude, page.longitude = _degrees(value["latitude"]), _degrees(value["longitude"])


def _degrees(value: Any) -> Decimal:
    try:
        degrees = Decimal(str(value))
    except InvalidOperation as reason:
        raise malformed() from reason
    if not degrees.is_finite() or abs(degrees) > 180:
        raise malformed()
    return round(degrees, 6)


def _category(value: Any) -> ShopCategory | None:
    key = text(value or "")
    category = ShopCategory.objects.filter(key=key).first() if key else None
    if key and category is None:
        raise ValidationError(_("There is no such category."))
    return category
