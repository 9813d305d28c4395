"""Where a shop stands along its street, in parts, and the line made of them in the order of each language.

The line is rendered, never typed: lists and search read it, and it follows the street when that is renamed.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What lanes are called, as people write it and as it is kept.
LANES = {"ngõ": "ngõ", "ngo": "ngõ", "alley": "ngõ", "ngách": "ngách", "ngach": "ngách", "hẻm": "hẻm", "hem": "hẻm"}
# With what the name of a way begins where that is no proper name: written small within a line.
_WAYS = tuple(f"{way} " for way in ("phố", "đường", "ngõ", "ngách", "hẻm", "chợ", "khu phố", "tuyến phố"))
_WAYS += ("đại lộ ", "quốc lộ ", "tỉnh lộ ")
_LANE = re.compile(r"(?:(?P<kind>[^\W\d_]+)\s*)?(?P<number>\d{1,4}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?){0,4})", re.UNICODE)
_HOUSE = re.compile(r"(?:số\s*|no\.?\s*)?(?P<number>(?=[\w/.-]*\d)[\w/.-]{1,20}(?:\s?\w)?)", re.IGNORECASE)
_FLOOR = re.compile(r"(?:tầng\s*|floor\s*)?(?P<floor>[\w -]{1,12})", re.IGNORECASE)
_ENGLISH_LANES = {"ngõ": "Alley", "ngách": "Side alley", "hẻm": "Alley"}


@dataclass(frozen=True, slots=True)
class AddressParts:
    """`floor` and `house_number` without their words; `alley` as `read_alley` returns it, the outermost lane last."""

    floor: str = ""
    house_number: str = ""
    alley: str = ""

    def __bool__(self) -> bool:
        return bool(self.floor or self.house_number or self.alley)


def read_alley(text: str) -> str:
    """Return lanes as they are kept: “ngách 34, ngõ 12”, “ngõ 12/34”. Raises ValidationError for anything else."""
    lanes = []
    # Letters and their marks may have come apart on the way through a copied file.
    for part in filter(None, (part.strip() for part in unicodedata.normalize("NFC", text).split(","))):
        found = _LANE.fullmatch(part)
        kind = LANES.get((found["kind"] or "ngõ").lower()) if found else None
        if found is None or kind is None:
            raise ValidationError(
                _("“%(text)s” is no alley: please write for example “ngõ 12/34” or “ngách 34, ngõ 12”."),
                code="alley",
                params={"text": part[:40]},
            )
        lanes.append(f"{kind} {found['number'].upper()}")
    return ", ".join(lanes)


def read_house_number(text: str) -> str:
    """Return a house number without a word before it. Raises ValidationError where there is no figure in it."""
    found = _HOUSE.fullmatch(unicodedata.normalize("NFC", text).strip())
    if text.strip() and found is None:
        raise ValidationError(_("Please write the house number alone, for example 12A or 5/7."), code="house")
    return found["number"].upper() if found else ""


def read_floor(text: str) -> str:
    found = _FLOOR.fullmatch(unicodedata.normalize("NFC", text).strip())
    if text.strip() and found is None:
        raise ValidationError(_("Please write the floor alone, for example 2."), code="floor")
    return found["floor"].strip() if found else ""


def address_line(parts: AddressParts, street: str, language: str) -> str:
    """Return the line: Vietnamese from the floor outwards with its words, any other language in the English order."""
    lanes = [lane.split(" ", 1) for lane in parts.alley.split(", ")] if parts.alley else []
    if language == "vi":
        way = [f"{kind} {number}" for kind, number in lanes]
        if street:
            way.append(_within_line(street))
        floor = [f"tầng {parts.floor}"] if parts.floor else []
        number = [f"số {parts.house_number}"] if parts.house_number else []
        line = ", ".join([*floor, " ".join([*number, *way])]).strip(", ")
        return line[:1].upper() + line[1:]
    lanes_in_english = [f"{_ENGLISH_LANES[kind]} {number}" for kind, number in lanes]
    first = " ".join(filter(None, [parts.house_number, *lanes_in_english[:1]])) if lanes_in_english else ""
    way = [first, *lanes_in_english[1:], street] if lanes else [f"{parts.house_number} {street}".strip()]
    return ", ".join(filter(None, [f"Floor {parts.floor}" if parts.floor else "", *way]))


def _within_line(street: str) -> str:
    """Return a street's name as it stands within a line: “phố Hoa”, but the name “Hoa” alone keeps its capital."""
    return street[:1].lower() + street[1:] if street.lower().startswith(_WAYS) else street


def split_line(text: str, street: str) -> AddressParts | None:
    """Return the parts of a Vietnamese line that somebody typed; None unless all of it is understood.

    What follows the street, such as the ward, may be anything: the ward's settings say it.
    """
    before, found, _after = text.partition(_within_line(street))
    if not found or not street:
        return None
    wanted = re.fullmatch(
        r"(?:tầng (?P<floor>[\w-]{1,12}),\s*)?số (?P<house>[\w/.-]{1,20})[,\s]*"
        r"(?P<alley>(?:ng|h)\S+ [\d/A-Za-z]+)?[,\s]*",
        before,
        re.IGNORECASE,
    )
    if wanted is None:
        return None
    try:
        return AddressParts(
            read_floor(wanted["floor"] or ""), read_house_number(wanted["house"]), read_alley(wanted["alley"] or "")
        )
    except ValidationError:
        return None
