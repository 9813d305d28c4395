"""What a code on a counter is, held against what the ward knows: the shop's own, another, an old one, no VietQR."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from PIL import Image

from streets.models import FORMER, STANDING, AccountState, Bank, PaymentAccount, Shop
from streets.models.shops import PaymentStanding
from streets.payments import settle, with_number
from streets.sealing import Number
from streets.vietqr import NotEMV, Reading, Service, VietQRError, parse
from wardmark.base.sealing import CannotBeOpened
from wardmark.plaques.codes import InvalidCode, normalise
from wardmark.plaques.proof import symbols_in

# With these an app may pay elsewhere, or more: such a code is never said to be the shop's.
UNSAFE_REMARKS = {"other_account", "surcharge"}
SERIAL_MARK = "TK"
# In pixels on the longer side: a phone's photograph is read as well at this size, and sooner.
LARGEST_SIDE = 2400
MOST_CODES = 4
# Whose account the ward has once checked: another code on the counter is not theirs.
CONFIRMED = {PaymentStanding.ACTIVE, PaymentStanding.SUSPENDED, PaymentStanding.CHANGING}


class Verdict(StrEnum):
    MATCHES = "matches"  # the active account of the shop that was asked for
    KNOWN = "known"  # the active account of some shop, none was asked for
    OTHER = "other"  # another account than the shop's
    OLD = "old"  # an account that was replaced or revoked, or whose business has left
    CHECKED = "checked"  # suspended, being changed, not approved yet, or not to be compared for a lost key
    ALTERED = "altered"  # the account is known, but the code asks for more or pays elsewhere besides
    UNKNOWN = "unknown"  # a VietQR code of an account the ward knows nothing of
    PLAQUE = "plaque"  # the code of one of our plaques: it opens a page
    NOT_VIETQR = "not_vietqr"  # of another kind, or broken: `problem` says which
    NO_CODE = "no_code"  # nothing to be read


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict with what may be said of it in public: of the number never more than its last four."""

    verdict: Verdict
    bank: str = ""
    last_four: str = ""
    problem: str = ""
    shop: Shop | None = None
    serial: str = ""

    @property
    def is_good(self) -> bool:
        return self.verdict in {Verdict.MATCHES, Verdict.KNOWN}

    @property
    def is_warning(self) -> bool:
        return self.verdict in {Verdict.OTHER, Verdict.OLD, Verdict.ALTERED}


def check_text(text: str, *, shop: Shop | None) -> Checked:
    """Return what a code's text, or a card's serial number, is. Never raises for what a person hands it."""
    text = text.strip()
    if shop is not None:
        settle(shop)
    if account := _by_serial(text):
        return _of_account(account, shop)
    if text.startswith(f"{settings.PLAQUE_BASE_URL}/q/"):
        return Checked(Verdict.PLAQUE)
    try:
        reading = parse(text)
    except NotEMV as error:
        return Checked(Verdict.NOT_VIETQR if text else Verdict.NO_CODE, problem=error.message)
    except VietQRError as error:
        return Checked(Verdict.NOT_VIETQR, problem=error.message)
    try:
        return _of_reading(reading, shop)
    except ImproperlyConfigured:
        # Without any key nothing can be compared.
        return Checked(Verdict.CHECKED, shop=shop)


def check_picture(picture: Image.Image, *, shop: Shop | None) -> list[Checked]:
    """Return what each code in a photograph is; where one is for payment, nothing is said of the others."""
    texts = texts_in(picture)
    found = [check_text(text, shop=shop) for text in texts[:MOST_CODES]]
    payments = [one for one in found if one.verdict != Verdict.PLAQUE and not _is_something_else(one)]
    return payments or found or [Checked(Verdict.NO_CODE)]


def texts_in(picture: Image.Image) -> list[str]:
    """Return the texts of all codes in a photograph, each once."""
    grey = picture.convert("L")
    grey.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    return list(dict.fromkeys(symbol.text for symbol in symbols_in(grey)))


def number_of(reading: Reading) -> Number:
    return Number(reading.bin, reading.account)


def is_unsafe(reading: Reading) -> bool:
    return reading.service != Service.TO_ACCOUNT or any(one.code in UNSAFE_REMARKS for one in reading.remarks)


def _is_something_else(one: Checked) -> bool:
    return one.verdict == Verdict.NOT_VIETQR and one.problem == NotEMV("not_emv").message


def _by_serial(text: str) -> PaymentAccount | None:
    typed = text.upper().replace(" ", "").removeprefix(SERIAL_MARK).lstrip("-")
    try:
        serial = normalise(typed)
    except InvalidCode:
        return None
    return PaymentAccount.objects.select_related("shop", "bank").filter(serial=serial).first()


def _of_account(account: PaymentAccount, shop: Shop | None) -> Checked:
    """Say what a serial number stands for, whichever account took its place since."""
    settle(account.shop)
    account = PaymentAccount.objects.select_related("shop", "bank").get(pk=account.pk)
    told = {"bank": account.bank_label, "last_four": account.last_four, "serial": account.printed_serial}
    state = _state_now(account)
    if state in FORMER:
        return Checked(Verdict.OLD, **told)
    if state != AccountState.ACTIVE:
        return Checked(Verdict.CHECKED, **told)
    if shop is None:
        return Checked(Verdict.KNOWN, shop=account.shop, **told)
    return Checked(Verdict.MATCHES if account.shop_id == shop.pk else Verdict.OTHER, shop=shop, **told)


def _of_reading(reading: Reading, shop: Shop | None) -> Checked:
    number = number_of(reading)
    bank = Bank.objects.filter(bin=number.bin).order_by("-valid_from").first()
    told = {"bank": bank.label if bank else number.bin, "last_four": number.last_four, "shop": shop}
    accounts = _accounts_of(number)
    ours = [one for one in accounts if shop is None or one.shop_id == shop.pk]
    states = {_state_now(one) for one in ours}
    if is_unsafe(reading) and accounts:
        return Checked(Verdict.ALTERED, **told)
    if AccountState.ACTIVE in states:
        active = next(one for one in ours if _state_now(one) == AccountState.ACTIVE)
        return Checked(Verdict.KNOWN if shop is None else Verdict.MATCHES, **told | {"shop": active.shop})
    if states & {AccountState.SUSPENDED, AccountState.PENDING, AccountState.DRAFT}:
        return Checked(Verdict.CHECKED, **told)
    if states:
        return Checked(Verdict.OLD, **told)
    # A shop whose account the ward has not confirmed cannot be contradicted.
    if shop is not None and shop.payment_standing in CONFIRMED:
        return Checked(Verdict.OTHER if _can_be_compared(shop) else Verdict.CHECKED, **told)
    return Checked(Verdict.UNKNOWN, **told)


def _can_be_compared(shop: Shop) -> bool:
    """Whether the shop's own number can be read: by another key its very code looks like somebody else's."""
    try:
        return shop.active_account is None or bool(shop.active_account.number())
    except CannotBeOpened:
        return False


def _accounts_of(number: Number) -> list[PaymentAccount]:
    """Return all accounts of a number, in the states that the clock has brought them to."""
    accounts = list(with_number(number).select_related("shop__active_account"))
    now = timezone.now()
    due = {one.shop_id: one.shop for one in accounts if (one.shop.payment_changes_at or now) < now}
    for shop in due.values():
        settle(shop)
    return list(with_number(number).select_related("shop__active_account")) if due else accounts


def _state_now(account: PaymentAccount) -> str:
    """Return its state; of a business that has left, as of an account that was replaced: somebody else is there now.

    An account that the page hides, because its shop asked for another one, is being checked as a suspended one is.
    """
    if account.state in STANDING and account.shop.has_left_by(timezone.localdate()):
        return str(AccountState.SUPERSEDED)
    is_hidden = account.state == AccountState.ACTIVE and account.shop.active_account_id != account.pk
    return str(AccountState.SUSPENDED) if is_hidden else account.state
