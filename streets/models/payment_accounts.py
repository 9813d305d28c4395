"""The account a shop is paid to: versions that never change, and all that ever happened to them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from streets.models.banks import Bank
from streets.models.shops import Shop
from streets.payee_names import LONGEST_NAME, HolderKind
from streets.sealing import Number, unseal
from wardmark.base.models import HistoryLine


class AccountState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PENDING = "pending", _("Waiting")
    ACTIVE = "active", _("Active")
    SUPERSEDED = "superseded", _("Replaced")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")


# A shop has at most one account in these, and at most one in those.
STANDING = (AccountState.ACTIVE, AccountState.SUSPENDED)
ON_THE_WAY = (AccountState.DRAFT, AccountState.PENDING)
# Whoever scans a code of these is told not to pay.
FORMER = (AccountState.SUPERSEDED, AccountState.REVOKED)


class AccountIsImmutable(Exception):
    """Somebody tried to change or delete an account by a way other than its rules: a change is a new version."""


class PaymentAccountQuerySet(models.QuerySet):
    def update(self, **values):
        raise AccountIsImmutable("Payment accounts change only by the functions of streets.payments.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise AccountIsImmutable("Payment accounts change only by the functions of streets.payments.")

    def delete(self):
        raise AccountIsImmutable("Payment accounts are never deleted: their cards stand on counters.")

    def standing(self) -> Self:
        return self.filter(state__in=STANDING)

    def on_the_way(self) -> Self:
        return self.filter(state__in=ON_THE_WAY)

    def approved(self) -> Self:
        """Those that become active by the clock alone."""
        return self.filter(state=AccountState.PENDING, approved_at__isnull=False)

    def link_bank(self, bank: Bank) -> int:
        """Give accounts of a number nobody knew so far the bank that was entered since."""
        unknown = self.filter(bank=None, bank_bin=bank.bin)
        return models.QuerySet.update(unknown, bank=bank)


class PaymentAccount(models.Model):
    """One version of a shop's account. Its number, bank, payee and holder never change; `streets.payments` moves it on.

    `sealed` is the number encrypted; only `number()` opens it. `serial` stands on its counter card.
    """

    # What is said about the account itself; a change of these is a new version.
    FIXED = (
        "shop_id",
        "version",
        "serial",
        "bank_bin",
        "last_four",
        "payee_name",
        "holder_kind",
        "made_at",
        "made_by_id",
    )

    shop = models.ForeignKey(
        Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="payment_accounts", editable=False
    )
    version = models.PositiveIntegerField(_("version"), editable=False)
    serial = models.CharField(_("serial number"), max_length=7, unique=True, editable=False)
    bank_bin = models.CharField(_("bank number (BIN)"), max_length=6, editable=False)
    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    sealed = models.TextField(_("account number, encrypted"), editable=False)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, db_index=True, editable=False)
    last_four = models.CharField(_("last four"), max_length=4, editable=False)
    payee_name = models.CharField(_("payee’s name"), max_length=LONGEST_NAME, editable=False)
    holder_kind = models.CharField(_("kind of holder"), max_length=20, choices=HolderKind.choices, editable=False)
    name_accepted_why = models.CharField(_("why this name is right"), max_length=300, blank=True, editable=False)

    state = models.CharField(
        _("state"), max_length=12, choices=AccountState.choices, default=AccountState.DRAFT, editable=False
    )
    made_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)
    requested_at = models.DateTimeField(_("requested on"), null=True, editable=False)
    approved_at = models.DateTimeField(_("approved on"), null=True, editable=False)
    activated_at = models.DateTimeField(_("active since"), null=True, editable=False)
    # Staff may leave and their accounts go; who it was stays in the history. No constraint, so that no rule about a
    # second person is lost with an account.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+",
        editable=False, verbose_name=_("made by"),
    )  # fmt: skip
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+",
        editable=False, verbose_name=_("requested by"),
    )  # fmt: skip
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+",
        editable=False, verbose_name=_("approved by"),
    )  # fmt: skip
    # None of a suspended one: payers' word did it.
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+",
        editable=False, verbose_name=_("suspended by"),
    )  # fmt: skip

    objects = PaymentAccountQuerySet.as_manager()

    # Set by streets.payments, which writes down what it changes.
    is_being_recorded = False

    class Meta:
        verbose_name = _("payment account")
        verbose_name_plural = _("payment accounts")
        default_permissions = ("view",)
        permissions = [
            ("request_paymentaccount", _("Can enter payment accounts and ask for their approval")),
            ("approve_paymentaccount", _("Can approve payment accounts as the second officer")),
        ]
        ordering = ["shop", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "version"], name="streets_account_version_once_per_shop"),
            models.UniqueConstraint(
                fields=["shop"], condition=Q(state="active"), name="streets_one_active_account_per_shop"
            ),
            models.UniqueConstraint(
                fields=["shop"], condition=Q(state__in=STANDING), name="streets_one_standing_account_per_shop"
            ),
            models.UniqueConstraint(
                fields=["shop"], condition=Q(state__in=ON_THE_WAY), name="streets_one_account_on_the_way_per_shop"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=STANDING)
                | Q(
                    requested_at__isnull=False,
                    approved_at__isnull=False,
                    activated_at__isnull=False,
                    activated_at__gte=models.F("approved_at"),
                    requested_by__isnull=False,
                    approved_by__isnull=False,
                ),
                name="streets_standing_account_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(requested_by=None) | ~Q(approved_by=models.F("requested_by")),
                name="streets_account_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(made_by=None) | ~Q(approved_by=models.F("made_by")),
                name="streets_account_not_approved_by_its_maker",
            ),
        ]

    def __str__(self):
        return f"{self.printed_serial} · {self.masked}"

    def save(self, *args, **kwargs):
        if not self.is_being_recorded:
            raise AccountIsImmutable("Payment accounts change only by the functions of streets.payments.")
        if not self._state.adding and (changed := self._changed()):
            raise AccountIsImmutable(f"{', '.join(changed)}: a change of an account is a new version.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AccountIsImmutable("Payment accounts are never deleted: their cards stand on counters.")

    @classmethod
    def from_db(cls, db, field_names, values):
        account = super().from_db(db, field_names, values)
        account._stored = {name: account.__dict__[name] for name in cls.FIXED if name in account.__dict__}
        return account

    def _changed(self) -> list[str]:
        stored: dict[str, Any] = getattr(self, "_stored", {})
        return [name for name, value in stored.items() if getattr(self, name) != value]

    def number(self) -> Number:
        """Open the sealed number. Raises CannotBeOpened; also for one that does not fit what is said in clear."""
        return unseal(self.sealed, serial=self.serial)

    @property
    def printed_serial(self) -> str:
        """The serial as cards and lists show it: told from a plaque's code at a glance."""
        return f"TK-{self.serial[:3]}-{self.serial[3:]}"

    @property
    def masked(self) -> str:
        return f"•••• {self.last_four}"

    @property
    def bank_label(self) -> str:
        """The bank's short name; its number where nobody has entered a bank for it."""
        return self.bank.label if self.bank else gettext("bank no. %(bin)s") % {"bin": self.bank_bin}

    @property
    def is_active(self) -> bool:
        return self.state == AccountState.ACTIVE

    @property
    def is_suspended(self) -> bool:
        return self.state == AccountState.SUSPENDED

    def people_before_approval(self) -> set[int]:
        """The ids of those who cannot be the second person."""
        return {pk for pk in (self.made_by_id, self.requested_by_id) if pk is not None}


class PaymentEventKind(models.TextChoices):
    MADE = "made", _("Entered")
    REQUESTED = "requested", _("Approval asked for")
    APPROVED = "approved", _("Approved")
    ACTIVATED = "activated", _("Became active")
    SUPERSEDED = "superseded", _("Replaced by the next version")
    SUSPENDED = "suspended", _("Suspended")
    RESUMED = "resumed", _("Suspension lifted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REVOKED = "revoked", _("Revoked")
    NUMBER_SHOWN = "number_shown", _("Full number looked at")
    CARD_MADE = "card_made", _("Counter card made")
    RESEALED = "resealed", _("Encrypted anew")


class PaymentEvent(HistoryLine):
    """One line of an account's history: who did what when and why, and the state it left. It only ever grows."""

    account = models.ForeignKey(
        PaymentAccount, verbose_name=_("account"), on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(_("what"), max_length=20, choices=PaymentEventKind.choices, editable=False)
    state = models.CharField(_("state afterwards"), max_length=12, choices=AccountState.choices, editable=False)
    why = models.CharField(_("why"), max_length=500, blank=True, editable=False)

    class Meta(HistoryLine.Meta):
        verbose_name = _("line of an account’s history")
        verbose_name_plural = _("history of the payment accounts")

    def __str__(self):
        return f"{self.account_id} {self.at:%Y-%m-%d %H:%M} {self.kind}"
