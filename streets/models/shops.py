"""Shops, food vendors among them, and the people who keep them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from streets.food_papers import PaperKind, PaperStatus, paper_status
from wardmark.base.models import PlacePage
from wardmark.base.phones import dialled, validate_phone
from wardmark.base.wordings import Worded, Wording


class ShopCategory(Worded):
    """What a shop sells, in a visitor's words."""

    panels = [
        InlinePanel("wordings", label=_("Words in one language"), heading=_("Name"), min_num=1),
        FieldPanel("key"),
    ]

    class Meta:
        verbose_name = _("shop category")
        verbose_name_plural = _("shop categories")
        ordering = ["key"]


class ShopCategoryWording(Wording):
    record = ParentalKey(ShopCategory, on_delete=models.CASCADE, related_name="wordings")

    class Meta:
        verbose_name = _("words of a shop category")
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="streets_category_one_wording_per_language")
        ]


class ShopPage(PlacePage):
    """A shop on a street. A query for shops holds food vendors too: `FoodVendorPage` inherits its table."""

    category = models.ForeignKey(
        ShopCategory,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="shops",
    )
    phone = models.CharField(_("public phone"), max_length=30, blank=True, validators=[validate_phone])

    content_panels = [
        *PlacePage.content_panels,
        MultiFieldPanel([FieldPanel("category"), FieldPanel("phone")], _("Shop")),
    ]
    parent_page_types = ["streets.StreetPage"]
    subpage_types: list[str] = []
    shown_together = (*PlacePage.shown_together, "category")
    shown_on_card = (*PlacePage.shown_on_card, "category__wordings")
    override_translatable_fields = [
        *PlacePage.override_translatable_fields,
        SynchronizedField("phone", overridable=False),
    ]

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("What this shop sells and when it is open")

    @property
    def kind_label(self) -> str:
        return str(self.category) if self.category_id else gettext("Shop")

    @property
    def phone_dialled(self) -> str:
        return dialled(self.phone)


class FoodVendorPage(ShopPage):
    """A shop that sells food, with the paper it has shown the ward."""

    paper_kind = models.CharField(_("paper"), max_length=20, choices=PaperKind.choices, blank=True)
    paper_number = models.CharField(_("number"), max_length=80, blank=True)
    paper_issued_on = models.DateField(_("issued on"), null=True, blank=True)
    paper_expires_on = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("A commitment may have no end.")
    )

    content_panels = [
        *ShopPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("paper_kind"),
                FieldPanel("paper_number"),
                FieldRowPanel([FieldPanel("paper_issued_on"), FieldPanel("paper_expires_on")]),
            ],
            _("Food safety"),
        ),
    ]
    override_translatable_fields = [
        *ShopPage.override_translatable_fields,
        SynchronizedField("paper_number", overridable=False),
    ]

    class Meta:
        verbose_name = _("food vendor")
        verbose_name_plural = _("food vendors")

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("What is served here and when")

    def clean(self):
        super().clean()
        errors = {}
        if self.paper_kind and not self.paper_issued_on:
            errors["paper_issued_on"] = _("A paper counts from the day it was issued: please enter it.")
        if self.paper_kind == PaperKind.CERTIFICATE and not self.paper_expires_on:
            errors["paper_expires_on"] = _("A certificate has an end: please enter the day.")
        if (self.paper_number or self.paper_issued_on or self.paper_expires_on) and not self.paper_kind:
            errors["paper_kind"] = _("Please say which paper this is.")
        if self.paper_issued_on and self.paper_expires_on and self.paper_expires_on <= self.paper_issued_on:
            errors["paper_expires_on"] = _("The end must come after the day of issue.")
        if errors:
            raise ValidationError(errors)

    @property
    def paper_status(self) -> PaperStatus:
        """The paper's status today in the ward."""
        return paper_status(
            kind=self.paper_kind,
            issued_on=self.paper_issued_on,
            expires_on=self.paper_expires_on,
            today=timezone.localdate(),
        )

    @property
    def paper_style(self) -> str:
        """How the status looks: a paper no longer in force turns grey, never red."""
        styles = {PaperStatus.VALID: "in-force", PaperStatus.EXPIRING: "expiring"}
        return styles.get(self.paper_status, "open")


class ShopMember(models.Model):
    """A person keeps a shop, and sees it in the vendors' corner of the site."""

    shop = models.ForeignKey(ShopPage, verbose_name=_("shop"), on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="shop_memberships",
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    panels = [FieldPanel("shop"), FieldPanel("user")]

    class Meta:
        verbose_name = _("shop member")
        verbose_name_plural = _("shop members")
        constraints = [models.UniqueConstraint(fields=["shop", "user"], name="streets_member_once_per_shop")]

    def __str__(self):
        return f"{self.user} – {self.shop}"
