"""What the shop sells: all prices on one screen, each product on its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from streets.changes import applying
from streets.changes.errors import ChangeRefused, NotYours
from streets.changes.proposing import propose
from streets.models import Product
from streets.portal.forms.changing import ChangeForm
from streets.portal.forms.offer import OfferForm
from streets.portal.forms.products import NewProductForm, PricesForm, ProductForm
from streets.portal.guard import Kept
from streets.portal.screens import back_to
from streets.portal.views.changing import ChangeView


class GoodsView(ChangeView):
    """One of the screens of what the shop sells, which lead to each other by `address_of`."""

    def address_of(self, screen: str, *args: Any) -> str:
        return reverse(f"portal:{screen}", args=[self.kept.shop.page_key, *args])

    def back_url(self) -> str:
        return self.address_of("products")

    def context(self, form: ChangeForm) -> dict[str, Any]:
        return super().context(form) | {"list_url": self.address_of("products")}


class PricesView(GoodsView):
    """Prices and what is sold out, for the whole list at once."""

    form_class = PricesForm
    template_name = "portal/products.html"
    title = gettext_lazy("Prices and sold out")
    button = gettext_lazy("Save all")

    def context(self, form: ChangeForm) -> dict[str, Any]:
        rows = [row | {"url": self.address_of("product", row["product"].pk)} for row in form.rows]
        return super().context(form) | {"products": rows, "new_url": self.address_of("product_new")}


class NewProductView(GoodsView):
    form_class = NewProductForm
    title = gettext_lazy("Add a product")
    button = gettext_lazy("Add it")


class ProductView(GoodsView):
    form_class = ProductForm
    template_name = "portal/product.html"
    button = gettext_lazy("Save")

    def setup(self, request: HttpRequest, kept: Kept, **kwargs: Any) -> None:
        super().setup(request, kept, **kwargs)
        self.product = get_object_or_404(Product, shop=kept.shop, pk=kwargs["pk"])

    @property
    def title(self) -> str:
        return str(self.product)

    def form_options(self) -> dict[str, Any]:
        return {"product": self.product}

    def context(self, form: ChangeForm) -> dict[str, Any]:
        return super().context(form) | {"remove_url": self.address_of("product_remove", self.product.pk)}


@require_POST
def remove_product(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    """Take a product off the list, as it is now."""
    name = f"product.{get_object_or_404(Product, shop=kept.shop, pk=pk).pk}"
    address = reverse("portal:products", args=[kept.shop.page_key])
    try:
        outcomes = propose(
            shop=kept.shop,
            by=request.user,
            values={name: None},
            seen=applying.read(kept.shop, [name]),
            now=timezone.now(),
        )
    except NotYours:
        raise
    except (ChangeRefused, ValidationError) as refused:
        messages.error(request, " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused))
        return back_to(address)
    return back_to(address, outcomes)


class OfferView(ChangeView):
    form_class = OfferForm
    title = gettext_lazy("Payment, usual prices, on the spot")
    button = gettext_lazy("Save")
