"""The code of an active account: as a drawing on the page, as a picture to save, as a card for the counter."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from streets.models import PaymentAccount
from streets.payments import payload
from wardmark.base.sealing import CannotBeOpened
from wardmark.base.slugs import ascii_slug
from wardmark.design.typesetting import SANS, SERIF, Font
from wardmark.plaques.artwork import Drawing, Format, Inscription, Symbol, as_pdf, as_png, as_svg, encode
from wardmark.plaques.artwork.drawing import BLEED
from wardmark.plaques.artwork.formats import Colours, Layout
from wardmark.plaques.artwork.inks import BLACK, WHITE, Ink
from wardmark.plaques.artwork.limits import readable_symbol
from wardmark.plaques.artwork.plate import Plate
from wardmark.plaques.artwork.svg import symbol_path
from wardmark.plaques.proof import NotProved, prove

logger = logging.getLogger("streets.payments")

LEVEL = "Q"
KEPT_SECONDS = 24 * 3600
# Black alone: what is printed must not be read worse for a second plate that is a little off.
_PLAIN = Colours(paper=WHITE, ink=BLACK, muted=BLACK, hairline=BLACK, seal=BLACK, dark=BLACK, light=WHITE)
CARD = Format(
    "payment-card", gettext_lazy("Counter card for payment, A6"), 105, 148, symbol_mm=62, distance_m=0.4,
    outdoors=False, level=LEVEL, layout=Layout.UNDER, text_mm=3.6, margin=8, colours=_PLAIN,
)  # fmt: skip
PICTURE = Format(
    "payment-picture", gettext_lazy("Payment code as a picture"), 90, 124, symbol_mm=72, distance_m=0.4, outdoors=False,
    level=LEVEL, layout=Layout.UNDER, text_mm=3.6, margin=6, colours=_PLAIN,
)  # fmt: skip
PICTURE_DPI = 254
_LANGUAGES = ("vi", "en")


class CodeUnavailable(Exception):
    """A code cannot be given now, for a fault that whoever runs the site must mend; the message says so to officers."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on a card beside the account: the shop, its ward, and the plaque that opens its page, if any."""

    shop: str
    ward: str = ""
    seal_letters: str = ""
    page_address: str = ""
    page_code: str = ""
    proof_reason: str = ""
    made_on: date | None = None


class ShownCode:
    """What a page draws of an account's code; it is drawn once and then kept."""

    def __init__(self, account: PaymentAccount):
        self.account = account

    @cached_property
    def drawn(self) -> tuple[int, str]:
        key = f"payment-code-{self.account.serial}"
        kept = cache.get(key)
        if kept is None:
            with _naming_no_number(self.account):
                symbol = symbol_of(self.account)
            kept = symbol.modules, symbol_path(symbol)
            cache.set(key, kept, KEPT_SECONDS)
        return kept

    @property
    def modules(self) -> int:
        """Modules on one side, the quiet zone included."""
        return self.drawn[0]

    @property
    def path(self) -> str:
        return self.drawn[1]


def symbol_of(account: PaymentAccount) -> Symbol:
    return encode(payload(account), LEVEL)


def picture(account: PaymentAccount, words: CardWords) -> bytes:
    """Return the code as a PNG with the payee and the bank under it, read back before anybody gets it.

    Raises ArtworkRefused, CodeUnavailable.
    """
    with _naming_no_number(account):
        text = payload(account)
        png = as_png(_laid_out(PICTURE, account, words, text), PICTURE_DPI)
        prove(png, "png", text, level=LEVEL, dpi=PICTURE_DPI)
    return png


def picture_key(account: PaymentAccount) -> str:
    """Return what tells one picture of an account from another: the bank's name on it changes with the language."""
    return f"payment-picture-{account.serial}-{ascii_slug(account.shop.name)[:60]}-{ascii_slug(account.bank_label)}"


def card(account: PaymentAccount, words: CardWords, kind: str) -> bytes:
    """Return the counter card as `svg` or `pdf`, the very file read back at print size.

    Raises ArtworkRefused, CodeUnavailable, with the reason in the active language.
    """
    with _naming_no_number(account):
        text = payload(account)
        drawing = _laid_out(CARD, account, words, text)
        file = as_svg(drawing).encode() if kind == "svg" else as_pdf(drawing)
        prove(file, kind, text, level=LEVEL)
    return file


@contextmanager
def _naming_no_number(account: PaymentAccount) -> Iterator[None]:
    """Turn what went wrong into CodeUnavailable; a failed proof quotes the code, and no log must have the number."""
    try:
        yield
    except CannotBeOpened:
        logger.error("The number of account %s cannot be read: its key is missing", account.printed_serial)
        fault = _("The number cannot be read: its key is missing. Please tell whoever runs the site.")
    except NotProved:
        logger.error("The code of account %s does not read back", account.printed_serial)
        fault = _("The code does not read back as it should. Please tell whoever runs the site.")
    else:
        return
    raise CodeUnavailable(fault) from None


def _laid_out(format: Format, account: PaymentAccount, words: CardWords, text: str) -> Drawing:
    """Lay a card out from above: whose it is, the code, the name to compare, the bank; the page's address in type only.

    There is one symbol on it. A second one, of the page, would be the one that somebody pays to.
    """
    inscription = Inscription(
        code=words.page_code,
        short_link=words.page_address,
        name=words.shop,
        other_name="",
        ward=words.ward,
        seal_letters=words.seal_letters,
        promise=(),
        proof_reason=words.proof_reason,
    )
    plate = Plate(format, inscription, readable_symbol(format, text))
    plate.drawing.title = f"{words.shop} – {account.printed_serial}"
    plate.drawing.slug = f"{account.printed_serial} · v{account.version} · {format.label}"
    plate.paper(WHITE)
    x, width = format.margin, format.width - 2 * format.margin
    y = plate.head(x, format.margin, width) if words.ward else format.margin
    if words.ward:
        y = _set(plate, words.shop, SERIF, 5.2, x, y + 1, width, lines=2)
        y = _set_both(plate, "Payment: scan with your bank’s app", 2.7, x, y + 0.6, width)
    symbol_x = (format.width - format.symbol_mm) / 2
    plate.symbol(symbol_x, y + 1.5)
    y += 1.5 + format.symbol_mm + 1
    y = _set_both(plate, "The app must show this name", 2.5, x, y, width)
    y = _set(plate, account.payee_name, SANS, 5.4, x, y, width, lines=2)
    y = _set(plate, f"{account.bank_label} · {account.masked}", SANS, 3.6, x, y, width, lines=1)
    serial = f"{account.printed_serial} · v{account.version}"
    if words.made_on:
        serial += f" · {date_format(words.made_on, 'SHORT_DATE_FORMAT')}"
    y = _set(plate, serial, SANS, 2.5, x, y, width, lines=1)
    if words.page_address:
        address = f"{_both('The shop’s page')}: {words.page_address.partition('://')[2]}"
        _set(plate, address, SANS, 2.3, x, y, width, lines=1)
    if words.proof_reason:
        plate.mark_as_proof()
    return replace(plate.drawing, bleed=BLEED)


def _set(
    plate: Plate, words: str, font: Font, size: float, x: float, y: float, width: float, *, lines: int, ink: Ink = BLACK
) -> float:
    wish = plate.wish(words, font, size / plate.unit, most_lines=lines)
    [setting] = plate.set([replace(wish, smallest=plate.floor)], width=width, height=40)
    return plate.lines(setting, x, y, ink)


def _set_both(plate: Plate, words: str, size: float, x: float, y: float, width: float) -> float:
    """Set each language on a line of its own: broken where one happens to end, neither would read well."""
    for said in _said(words):
        y = _set(plate, said, SANS, size, x, y, width, lines=1)
    return y


def _both(words: str) -> str:
    return " · ".join(_said(words))


def _said(words: str) -> list[str]:
    """Return a text of the card in Vietnamese and English: whoever stands at the counter may read either."""
    said = []
    for language in _LANGUAGES:
        with override(language):
            said.append(_(words))
    return list(dict.fromkeys(said))


# What `_said` says, so that `makemessages` finds it.
_WORDS = (
    gettext_lazy("Payment: scan with your bank’s app"),
    gettext_lazy("The app must show this name"),
    gettext_lazy("The shop’s page"),
)
