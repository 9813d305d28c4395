"""Vietnamese telephone numbers, kept in one form whichever way people write them."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumber, PhoneNumberFormat

from wardmark.base.phones import dialled

COUNTRY, CODE = "VN", 84
# Reached from within the country only: there is no +84 before them.
HOTLINES = ("1800", "1900")


def normalised(text: str) -> str:
    """Return a number as it is kept: +84… (E.164), a hotline as it is dialled. Raises ValidationError.

    Possible is enough, valid is not asked for: numbering plans change faster than a library, and sample numbers such
    as 024 0000 0001 must be writable without being anybody's.
    """
    number = _parsed(text)
    national = phonenumbers.national_significant_number(number)
    if number.country_code != CODE:
        raise ValidationError(_("Please write a Vietnamese number, for example 024 3833 1234."), code="country")
    if number.extension:
        raise ValidationError(_("Please write the number without an extension."), code="extension")
    if national.startswith(HOTLINES):
        if not 8 <= len(national) <= 10:
            raise ValidationError(_("A hotline has 8 to 10 digits, for example 1900 1234."), code="hotline")
        return national
    # Nine digits for a mobile, ten for a line, both without the 0 before them.
    if len(national) not in (9, 10) or not phonenumbers.is_possible_number(number):
        raise ValidationError(
            _("This number has %(digits)d digits after the 0. A mobile has 9, a landline 10: please check it."),
            code="length",
            params={"digits": len(national)},
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def shown(kept: str) -> str:
    """Return a kept number in the groups people read it in: 0912 345 678, 024 3833 1234, 1900 1234."""
    try:
        number = _parsed(kept)
    except ValidationError:
        return kept
    national = phonenumbers.national_significant_number(number)
    if national.startswith(HOTLINES):
        return f"{national[:4]} {national[4:]}"
    if number.country_code != CODE:
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    if not phonenumbers.is_valid_number(number) and len(national) == 10:
        # A number of nobody's, as in sample data: grouped as its neighbours are.
        return f"0{national[:2]} {national[2:6]} {national[6:]}"
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def validate_national(text: str) -> None:
    normalised(text)


def numbers_in(words: str) -> list[str]:
    """Return the telephone numbers that stand in a text, as they are kept, however their digits are grouped."""
    found = phonenumbers.PhoneNumberMatcher(words, COUNTRY, leniency=phonenumbers.Leniency.POSSIBLE)
    kept = []
    for match in found:
        try:
            kept.append(normalised(match.raw_string))
        except ValidationError:
            continue
    return kept


def to_dial(kept: str) -> str:
    """Return what a `tel:` link takes."""
    return dialled(kept)


def _parsed(text: str) -> PhoneNumber:
    if any(letter.isalpha() for letter in text):
        raise ValidationError(_("A telephone number has no letters in it."), code="letters")
    try:
        return phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException as reason:
        raise ValidationError(
            _("Please write a telephone number, for example 024 3833 1234."), code="phone"
        ) from reason
