"""A shop itself, one behind its pages in all languages."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from streets.models.listing import Listing
from streets.models.opening import Opening
from wardmark.base.languages import source_language
from wardmark.base.search import fold

if TYPE_CHECKING:
    from streets.models.shop_pages import ShopPage


class PaymentStanding(models.TextChoices):
    """What a shop's page says of its account; nothing where there is none to speak of."""

    PENDING = "pending", _("Being checked for the first time")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Being checked again")
    # The shop's own people asked for another account: the code of before is not shown until that is settled.
    CHANGING = "changing", _("Being changed by the shop")


class ShopQuerySet(models.QuerySet):
    def behind(self, page_key: UUID) -> "Shop":
        """Return the shop whose pages share this translation key, made where there is none yet."""
        shop, _is_new = self.get_or_create(page_key=page_key)
        return shop

    def with_pages(self) -> Self:
        """Fetch the pages with the shops, so that `page` costs no query."""
        return self.prefetch_related("pages__locale")


class Shop(Opening, Listing, ClusterableModel):
    """What a shop's pages in all languages have in common and what changes from day to day.

    It stands outside the pages' revisions: what is changed here is public at once, while a draft of the text waits.
    It stays when its pages go, with what the ward has recorded of it.
    """

    # The pages' translation key, as plaques keep it: a page may be deleted and come back.
    page_key = models.UUIDField(_("page key"), unique=True, editable=False)
    name = models.CharField(
        _("name"), max_length=255, blank=True, editable=False, help_text=_("As its page in the first language has it.")
    )

    # Kept by streets.payments alone: what a page must know of the account without asking for it.
    active_account = models.OneToOneField(
        "streets.PaymentAccount",
        verbose_name=_("active payment account"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    payment_standing = models.CharField(
        _("payment"), max_length=12, blank=True, editable=False, choices=PaymentStanding.choices
    )
    payment_changes_at = models.DateTimeField(_("next account active from"), null=True, editable=False)
    # While the shop is about to pass to somebody else, nobody is shown where to pay: kept by streets.claims.ownership.
    ownership_waits_since = models.DateTimeField(_("ownership change waits since"), null=True, editable=False)
    # While people disagree whose shop it is, none of them changes anything.
    disputed_since = models.DateTimeField(_("in dispute since"), null=True, editable=False)
    # When a member last scanned the code on the counter and found it good; nothing once it was found otherwise. Kept by
    # streets.card_checks alone.
    card_checked_at = models.DateTimeField(_("code checked on"), null=True, editable=False)
    # What a list of the admin is searched by, without accents.
    folded = models.CharField(max_length=255, blank=True, editable=False)

    objects = ShopQuerySet.as_manager()

    class Meta:
        verbose_name = _("shop record")
        verbose_name_plural = _("shop records")
        ordering = ["name", "pk"]
        # A shop comes with its first page and is never deleted.
        default_permissions = ("change", "view")

    def __str__(self):
        return self.name or str(self.page_key)

    @property
    def is_changing_hands(self) -> bool:
        """Whether it is about to pass to another owner: nobody can say yet whom a payment would reach."""
        return self.ownership_waits_since is not None

    def rename(self, name: str) -> None:
        """Keep the name that lists of the admin show."""
        if self.name != name:
            self.name, self.folded = name, fold(name)
            self.save(update_fields=["name", "folded"])

    @property
    def page(self) -> "ShopPage | None":
        """Its page in the active language, else in the first one, else any; None once all are deleted."""
        pages = {page.locale.language_code: page for page in self.pages.all()}
        return _first_wished(pages)

    @property
    def open_page(self) -> "ShopPage | None":
        """Its page that everybody may see now, chosen likewise; None where there is none. For what the public asks."""
        pages = self.pages.live().public().select_related("locale")
        return _first_wished({page.locale.language_code: page for page in pages})


def _first_wished(pages: dict[str, "ShopPage"]) -> "ShopPage | None":
    wished = (get_language(), source_language(), *pages)
    return next((pages[language] for language in wished if language in pages), None)
