"""The pages of shops, food vendors among them."""

from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from streets import addresses
from streets.confirmations import confirmed
from streets.food_admin.panel import FoodSafetyPanel
from streets.food_card import food_card
from streets.hours_for_machines import hours_for_machines, special_hours_for_machines
from streets.links import ShopLink, label_of, read_links
from streets.machine_listing import listing_for_machines
from streets.models.categories import ShopCategory
from streets.models.opening import Closure
from streets.models.products import Product
from streets.models.shop_photos import MOST_PHOTOS, ShopPhoto
from streets.models.shops import Shop
from streets.panels import DailyFactsPanel
from streets.shop_page_form import ShopPageForm
from streets.shown_opening import ShownOpening, shown_opening
from streets.vocabularies import FOOD_TYPES
from wardmark.base import national_phones
from wardmark.base.languages import ladder, source_language
from wardmark.base.listing import outside
from wardmark.base.models import BasePage, PlacePage
from wardmark.base.page_cache import keep_no_longer_than
from wardmark.base.publishing import ON_ITS_DAY
from wardmark.base.search import fold
from wardmark.base.stories import told_together
from wardmark.base.structured_data import thing


class LegalForm(models.TextChoices):
    UNKNOWN = "", _("Not yet known")
    HOUSEHOLD = "household", _("Household business")
    PRIVATE = "private", _("Private enterprise")
    COMPANY = "company", _("Company")
    COOPERATIVE = "cooperative", _("Cooperative")
    OTHER = "other", _("Other")


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
    shop = models.ForeignKey(
        Shop,
        verbose_name=_("the shop itself"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="pages",
    )
    # A shop's hours stand on the shop itself, outside drafts, and not in words.
    opening_hours = None
    legal_name = models.CharField(
        _("legal name"),
        max_length=200,
        blank=True,
        help_text=_("As registered, the same in all languages. Visitors find the page by it too."),
    )
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm.choices, blank=True, default="")
    floor = models.CharField(_("floor"), max_length=20, blank=True)
    house_number = models.CharField(
        _("house number"), max_length=30, blank=True, help_text=_("The number alone, for example 12A.")
    )
    alley = models.CharField(
        _("alley"),
        max_length=80,
        blank=True,
        help_text=_("Off the street, for example “ngõ 12/34” or “ngách 34, ngõ 12”. Leave it empty on the street."),
    )
    phone = models.CharField(
        _("public phone"), max_length=30, blank=True, validators=[national_phones.validate_national]
    )
    links = models.TextField(
        _("links"),
        max_length=2500,
        blank=True,
        help_text=_("One address per line: Facebook, Zalo, Google Maps, TikTok, its own site …"),
    )

    content_panels = [
        *BasePage.content_panels,
        DailyFactsPanel(),
        PlacePage.photo_panel,
        MultiFieldPanel(
            [
                FieldPanel(
                    "address",
                    read_only=True,
                    help_text=_("Made of the parts below and the street’s name when the page is saved."),
                ),
                FieldRowPanel([FieldPanel("house_number"), FieldPanel("floor"), FieldPanel("alley")]),
                *PlacePage.where_panels[1:],
            ],
            _("Where"),
        ),
        FieldPanel("story"),
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("legal_name"),
                FieldPanel("legal_form"),
                FieldPanel("phone"),
                FieldPanel("links"),
            ],
            _("Shop"),
        ),
        InlinePanel("gallery", label=_("Photo"), heading=_("Further photos"), max_num=MOST_PHOTOS - 1),
    ]
    base_form_class = ShopPageForm
    parent_page_types = ["streets.StreetPage"]
    subpage_types: list[str] = []
    shown_together = (*PlacePage.shown_together, "category", "shop", "shop__active_account__bank")
    shown_on_card = (*PlacePage.shown_on_card, "category__wordings")
    # The photo's sizes come with those of the story's pictures and of the gallery.
    shown_in_parts = ("category__wordings",)
    usual_schema_type = "LocalBusiness"
    products_heading = _("Products")
    search_fields = [*PlacePage.search_fields, index.SearchField("legal_name")]
    override_translatable_fields = [
        *PlacePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("legal_name", "legal_form", "floor", "house_number", "alley", "phone", "links")
        ),
        SynchronizedField("shop", overridable=False),
    ]
    exclude_fields_in_copy = [*PlacePage.exclude_fields_in_copy, "shop"]

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")

    def save(self, *args, **kwargs):
        """Save with the shop behind the page, made with its first page; a copy of the page is another shop."""
        if self.shop_id is None or self.shop.page_key != self.translation_key:
            self.shop = Shop.objects.behind(self.translation_key)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "shop"}
        saved = super().save(*args, **kwargs)
        names = kwargs.get("update_fields")
        # A draft saves its mark on the page's row alone: its title is nobody's name yet.
        if self.locale.language_code == source_language() and (names is None or "title" in names):
            self.shop.rename(self.title)
        return saved

    def clean(self):
        errors = {}
        try:
            super().clean()
        except ValidationError as refused:
            errors = refused.update_error_dict(errors)
        readers = {
            "floor": addresses.read_floor,
            "house_number": addresses.read_house_number,
            "alley": addresses.read_alley,
            "phone": lambda text: national_phones.normalised(text) if text else "",
            "links": lambda text: "\n".join(read_links(text)),
        }
        for name, read in readers.items():
            try:
                setattr(self, name, read(getattr(self, name)))
            except ValidationError as refused:
                # The phone's own validator has said it already.
                if name != "phone":
                    errors[name] = refused.error_list
        if errors:
            raise ValidationError(errors)
        # Saving asks here too, once the page has its place in the tree.
        self._keep_address()

    def what_hinders_publishing_by(self, user):
        # Not at the top: what is wished for pages stands on these models.
        from streets.changes.publishing import bars

        found = self.what_hinders_publishing()
        barred = bars(self, user)
        return {**found, NON_FIELD_ERRORS: barred} if barred else found

    def publish(self, revision, user=None, *args, log_action=True, **kwargs):
        """As every page, in turn with all who change the shop; on a day that was taken back meanwhile, not at all."""
        # Not at the top: what locks a shop stands on these models.
        from streets.changes.in_turn import locked

        with transaction.atomic():
            if self.shop_id is not None:
                locked(self.shop_id)
                # As it is, and its page, now that nobody else writes.
                revision.refresh_from_db()
            if log_action == ON_ITS_DAY and revision.approved_go_live_at is None:
                return None
            return super().publish(revision, user, *args, log_action=log_action, **kwargs)

    def address_on(self, street: Page | None) -> str:
        """Return the address on that street; an old one that was typed stands until parts are entered.

        No form has judged its length: what does not fit is cut off.
        """
        parts = addresses.AddressParts(self.floor, self.house_number, self.alley)
        if not parts or street is None:
            return self.address
        line = addresses.address_line(parts, street.title, street.locale.language_code)
        return line[: self._meta.get_field("address").max_length]

    def _keep_address(self) -> None:
        if self.path and (self.floor or self.house_number or self.alley):
            self.address = self.address_on(self.get_parent())

    def folded(self) -> str:
        goods = " ".join(words for product in self._goods() for words in product.name.values())
        return f"{super().folded()} {fold(f'{self.legal_name} {goods}')}"

    def _goods(self) -> list[Product]:
        return list(self.shop.products.all()) if self.shop_id else []

    @cached_property
    def shown_products(self) -> list[Product]:
        """The shop's goods in its order, in one query; of a shop that has left, none: nothing is sold there."""
        has_left = self.shop_id and self.shop.has_left_by(timezone.localdate())
        return [] if has_left else self._goods()

    @cached_property
    def shown_photos(self) -> list[ShopPhoto]:
        """The photos of the gallery with their pictures, in one query; of a preview, what is not saved yet."""
        rows = self.gallery.all()
        return list(rows.select_related("picture")) if hasattr(rows, "_prefetch_related_lookups") else list(rows)

    @property
    def shop_links(self) -> list[ShopLink]:
        lines = filter(None, self.links.splitlines())
        return [ShopLink(address, label_of(address)) for address in lines]

    @property
    def legal_form_label(self) -> str:
        return str(LegalForm(self.legal_form).label) if self.legal_form else ""

    @property
    def schema_type(self) -> str:
        return (self.category.schema_type if self.category_id else "") or self.usual_schema_type

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("What this shop sells and when it is open")

    @property
    def kind_label(self) -> str:
        return str(self.category) if self.category_id else gettext("Shop")

    @property
    def known_shop(self) -> Shop:
        """The shop behind the page; of a page that was never saved, as a preview shows it, one of unknown facts."""
        return self.shop or Shop()

    def get_context(self, request, *args, **kwargs):
        # Asked for late: what draws a code stands above the models.
        from streets.card_checks import card_checked
        from streets.payment_card import PaymentCard

        context = super().get_context(request, *args, **kwargs)
        shown = context["opening"] = shown_opening(self.known_shop, moment=timezone.now())
        context["moved_to_page"] = self._moved_to_page(shown)
        # Midnight at the latest, when what is said of days turns as well.
        keep_no_longer_than(request, shown.true_until)
        context["confirmed"] = confirmed(self.known_shop, today=timezone.localdate())
        context["card_checked"] = card_checked(self.known_shop, now=timezone.now())
        context["products"], context["gallery"] = self.shown_products, self.shown_photos
        # One query for all that is drawn of the photo, the gallery and the story's pictures.
        pictures = [self.photo, *(photo.picture for photo in self.shown_photos)]
        context["story"] = told_together([self.story], besides=pictures)[0]
        ward = self.shown_ward(request).wording
        # An old address that was typed names the ward itself.
        has_parts = self.floor or self.house_number or self.alley
        context["full_address"] = ", ".join(
            filter(None, [self.address, *([ward.name, ward.city] if ward and has_parts else [])])
        )
        context["payment"] = PaymentCard.of(self.shop)
        if self.shop and self.shop.payment_changes_at:
            keep_no_longer_than(request, self.shop.payment_changes_at)
        return context

    def _moved_to_page(self, shown: ShownOpening) -> Page | None:
        """The open page of the shop that this one is now, in the page's own language where there is one."""
        if shown.closure != Closure.MOVED or self.known_shop.moved_to_id is None:
            return None
        pages = outside(ShopPage.objects.filter(shop=self.known_shop.moved_to_id).live(), self.closed_to_some())
        by_language = {page.locale.language_code: page for page in pages.select_related("locale")}
        rungs = (by_language[code] for code in ladder(self.locale.language_code) if code in by_language)
        return next(rungs, None)

    def structured_data(self, request):
        special = special_hours_for_machines(self.known_shop, today=timezone.localdate())
        return super().structured_data(request) | thing(
            self.schema_type,
            telephone=self.phone_dialled,
            specialOpeningHoursSpecification=special,
            legalName=self.legal_name,
            sameAs=[link.address for link in self.shop_links],
            **listing_for_machines(self.known_shop, self.shown_products, is_food=self.schema_type in FOOD_TYPES),
        )

    def hours_for_machines(self):
        return hours_for_machines(self.known_shop, today=timezone.localdate())

    @property
    def phone_dialled(self) -> str:
        return national_phones.to_dial(self.phone)

    @property
    def phone_shown(self) -> str:
        return national_phones.shown(self.phone) if self.phone else ""


class FoodVendorPage(ShopPage):
    """A shop that sells food. What the ward records of its food safety hangs on the shop, not on this page."""

    usual_schema_type = "FoodEstablishment"
    products_heading = _("Menu")

    content_panels = [*ShopPage.content_panels, FoodSafetyPanel(heading=_("Food safety"))]

    class Meta:
        verbose_name = _("food vendor")
        verbose_name_plural = _("food vendors")

    @property
    def schema_type(self) -> str:
        kind = super().schema_type
        return kind if kind in FOOD_TYPES else self.usual_schema_type

    @classmethod
    def usual_promise(cls) -> str:
        return gettext("What is served here and when")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"food_safety": partial(food_card, self.shop_id)}
