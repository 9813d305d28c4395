"""Why a text is no VietQR code, or a transfer cannot become one, in words for the person who holds it."""

from django.utils.translation import gettext_lazy as _

_MESSAGES = {
    # How the text is cut into fields.
    "identifier": _("After field %(tag)s there is something that is not a field."),
    "length": _("Field %(tag)s does not say its length in two digits from 01 to 99."),
    "overrun": _("Field %(tag)s is longer than what is left for it."),
    "duplicate": _("Field %(tag)s is there twice."),
    "missing": _("Field %(tag)s is missing."),
    "not_last": _("Something follows field %(tag)s, which must be the last."),
    "reserved": _("Field %(tag)s is reserved and may not be used."),
    "unknown": _("Field %(tag)s is not part of a VietQR code."),
    # What a field says.
    "character": _("Field %(tag)s has a character that may not stand there."),
    "checksum": _("The checksum in field %(tag)s does not fit: the code was changed or misread."),
    "version": _("Field %(tag)s names another version of the format."),
    "initiation": _("Field %(tag)s must be 11 (used again and again) or 12 (used once)."),
    "bin": _("The bank’s number (field %(tag)s) must be 6 digits."),
    "account": _("The account number (field %(tag)s) must be 1 to 19 letters A–Z or digits."),
    "service": _("Field %(tag)s must name a transfer to an account or to a card."),
    "currency": _("The currency (field %(tag)s) must be the Vietnamese đồng."),
    "country": _("The country (field %(tag)s) must be Vietnam."),
    "amount": _("The amount (field %(tag)s) must be whole đồng, more than 0 and less than 500,000,000."),
    "purpose_character": _("The purpose (field %(tag)s) has a character that cannot be written without accents."),
    "purpose_length": _("The purpose (field %(tag)s) may have at most 25 characters."),
    # What else it may be.
    "not_emv": _("This is not a payment code."),
    "vnpayqr": _("This is a VNPAYQR code, not a VietQR code."),
    "other_scheme": _("This is a payment code of another kind, not a VietQR code."),
}


class VietQRError(ValueError):
    """A text that cannot be read as VietQR, or a transfer that cannot be written as it.

    `code` is one of the keys above, for programs; `tag` is the path of the field, as 38.01.01, and empty only where no
    field is to blame; `message` is for people, in the language active when it is asked for.
    """

    def __init__(self, code: str, tag: str = "") -> None:
        super().__init__(code, tag)
        self.code = code
        self.tag = tag

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.code]) % {"tag": self.tag}

    def __str__(self) -> str:
        return self.message


class NotVietQR(VietQRError):
    """Nothing is wrong with the code that can be said here: it is of another kind."""


class NotEMV(NotVietQR):
    """A web address, a name card, any text: no merchant-presented payment code at all."""


class VNPayQR(NotVietQR):
    """A code of the VNPAYQR network: as genuine as VietQR, and paid by the same bank apps, by another way."""


class OtherScheme(NotVietQR):
    """An EMV payment code of some other network, in this country or abroad; `tag` is where it names its network."""
