"""What the measures ask of each shop, fetched in the shops' own query: no shop costs a query of its own."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from wagtail.query import PageQuerySet

from streets.food_measures import inspected_lately, is_food_establishment, papers_in_order, route_is_determined
from streets.measures import CHECKED_WITHIN, ShopFacts
from streets.models.members import ShopMember
from streets.models.shop_pages import ShopPage
from streets.models.shops import PaymentStanding
from wardmark.plaques.models import Plaque


def with_facts(pages: PageQuerySet, *, today: date) -> PageQuerySet:
    """Annotate pages of shops with what `facts_of` reads, as it is on that day in the ward."""
    plaques = Plaque.objects.standing().order_by().filter(page_key=OuterRef("translation_key"))
    unchecked = Q(last_checked_on=None) | Q(last_checked_on__lt=today - CHECKED_WITHIN)
    return pages.annotate(
        sells_food=is_food_establishment("shop"),
        route_is_determined=route_is_determined(today, "shop"),
        papers_are_in_order=papers_in_order(today, "shop"),
        inspected_lately=inspected_lately(today, "shop"),
        is_claimed=Exists(ShopMember.objects.active().filter(shop=OuterRef("shop"))),
        has_plaque=Exists(plaques),
        has_unchecked_plaque=Exists(plaques.filter(unchecked)),
    )


def facts_of(page: ShopPage) -> ShopFacts:
    return ShopFacts(
        sells_food=page.sells_food,
        route_is_determined=page.route_is_determined,
        papers_are_in_order=page.papers_are_in_order,
        inspected_lately=page.inspected_lately,
        has_active_account=has_active_account(page),
        # Not known yet is no yes.
        gives_e_invoice=page.shop is not None and page.shop.gives_e_invoice is True,
        is_claimed=page.is_claimed,
        has_plaque=page.has_plaque,
        plaques_are_checked=page.has_plaque and not page.has_unchecked_plaque,
    )


def facts_by_shop(pages: Iterable[ShopPage], *, today: date) -> dict[int | UUID, ShopFacts]:
    """Return the facts of each shop once, in however many languages it has a page.

    A shop that has moved away or closed for good is no longer one of the street's; one that rests for a while is.
    """
    # A page without its record of a shop, as in a preview, is a shop by its key.
    return {page.shop_id or page.translation_key: facts_of(page) for page in pages if not _has_left(page, today)}


def _has_left(page: ShopPage, today: date) -> bool:
    return page.shop is not None and page.shop.has_left_by(today)


def has_active_account(page: ShopPage) -> bool:
    """Whether visitors may pay to an account that officers have verified; one that is suspended does not count."""
    return page.shop is not None and page.shop.payment_standing == PaymentStanding.ACTIVE
