"""Shops' addresses follow their street: when it is renamed, and when a shop moves to another."""

from wagtail.models import Page
from wagtail.search import index

from streets.models import ShopPage, StreetPage
from wardmark.base.page_cache import forget_pages


def on_page_published(sender, instance: Page, **kwargs) -> None:
    if isinstance(instance, StreetPage):
        readdress(street=instance)


def on_page_moved(sender, instance: Page, parent_page_after: Page, **kwargs) -> None:
    if issubclass(instance.specific_class, ShopPage):
        readdress(street=parent_page_after)


def readdress(*, street: Page) -> int:
    """Render the addresses of all shops of a street anew, in one UPDATE; return how many changed."""
    changed = []
    for shop in ShopPage.objects.child_of(street):
        address = shop.address_on(street)
        if address != shop.address:
            shop.address = address
            changed.append(shop)
    if changed:
        ShopPage.objects.bulk_update(changed, ["address"])
        # Rows changed at once tell nobody of themselves, and a visitor may have come since the street was saved.
        forget_pages()
        for shop in changed:
            index.insert_or_update_object(shop.specific)
    return len(changed)
