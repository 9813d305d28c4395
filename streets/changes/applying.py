"""What is public of a shop now, field by field, and making it say something else, wherever the field stands."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from streets.changes import page_revisions, page_values, product_values, shop_values, workflow
from streets.changes.classes import FIELDS, NEW_PRODUCT, Asked, Holder, asked
from streets.daily_facts import change_facts
from streets.goods import goods_of, log_goods
from streets.models import ChangeRequest, Product, Shop, ShopPage
from wardmark.accounts.models import User
from wardmark.base.languages import source_language

Said = list[tuple[Asked, Any]]


def read(shop: Shop, names: Iterable[str], language: str | None = None) -> dict[str, Any]:
    """Return what is public of these fields, by the names as they were asked for: what a form shows first.

    A name that does not exist, and one of a page that the shop has not in that language, is None.
    """
    found = {name: asked(name, language) for name in names}
    now = Now(Shop.objects.get(pk=shop.pk))
    return {name: now.value(one) if one else None for name, one in found.items()}


def now_is(shop: Shop, one: Asked) -> Any:
    """Return what is public of one field; None where there is nothing that could have it."""
    return Now(shop).value(one)


class Now:
    """What is public of a shop at this moment: its goods and its pages are fetched once, however much is asked."""

    def __init__(self, shop: Shop):
        self.shop = shop
        self._pages: dict[str, ShopPage | None] = {}

    @cached_property
    def _goods(self) -> dict[int, Product]:
        return {product.pk: product for product in Product.objects.filter(shop=self.shop)}

    def value(self, one: Asked) -> Any:
        if one.field.holder == Holder.ELSEWHERE:
            return None
        if one.field.holder == Holder.SHOP:
            return shop_values.read(self.shop, one)
        if one.field.holder == Holder.PRODUCT:
            return product_values.read(self._goods.get(one.product or 0), one)
        if one.language not in self._pages:
            self._pages[one.language] = page_of(self.shop, one)
        page = self._pages[one.language]
        return None if page is None else page_values.read(page, one)


def product_of(shop: Shop, one: Asked) -> Product | None:
    return Product.objects.filter(shop=shop, pk=one.product).first() if one.product else None


def page_of(shop: Shop, one: Asked) -> ShopPage | None:
    """Return the page that a field stands on: in its language, or in the first one where it has none."""
    pages = ShopPage.objects.filter(shop=shop, alias_of=None).select_related("locale")
    found = pages.filter(locale__language_code=one.language or source_language()).first()
    return found and found.specific


def judged(shop: Shop, said: Said) -> dict[tuple[str, str], Any]:
    """Return each value as it would be kept, by name and language, judged by its model. Raises ValidationError.

    Nothing is saved. All fields of one record are judged together.
    """
    errors: dict[str, Any] = {}
    kept: dict[tuple[str, str], Any] = {}
    for holder, part in _by_holder(shop, said):
        try:
            kept |= _judged(shop, holder, part)
        except ValidationError as refused:
            errors = refused.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)
    return kept


@transaction.atomic
def say(shop: Shop, said: Said, *, by: User | None) -> dict[tuple[str, str], Any]:
    """Make it public: the shop's row and products in the log, pages by revisions of their own.

    Returns what came into being beside it: for a page the revision, for a new product its key. The shop is locked by
    the caller. Raises ValidationError or NotReady; then nothing was changed.
    """
    made: dict[tuple[str, str], Any] = {}
    goods = goods_of(shop)
    for holder, part in _by_holder(shop, said):
        if isinstance(holder, ShopPage):
            with workflow.kept_up(holder.pk):
                revision = page_revisions.tell(holder.pk, part, by=by)
            for one, _value in part:
                made[one.name, one.language] = revision
                workflow.let_others_follow(holder.pk, one, by=by)
        elif isinstance(holder, Shop):
            _say_of_shop(shop, part, by=by)
        else:
            made |= {(one.name, one.language): _say_of_product(shop, one, value) for one, value in part}
    log_goods(shop=shop, before=goods, after=goods_of(shop), by=by)
    return made


def _by_holder(shop: Shop, said: Said) -> list[tuple[Shop | ShopPage | None, Said]]:
    """Sort by what each stands on; None for products."""
    parts: dict[Any, tuple[Shop | ShopPage | None, Said]] = {}
    for one, value in said:
        holder: Shop | ShopPage | None = None
        if one.field.holder == Holder.SHOP:
            holder = shop
        elif one.field.holder == Holder.PAGE:
            holder = page_of(shop, one)
            if holder is None:
                raise ValidationError({one.said: _("The shop has no page in this language yet.")})
        key = (type(holder).__name__, holder and holder.pk)
        parts.setdefault(key, (holder, []))[1].append((one, value))
    return list(parts.values())


def _judged(shop: Shop, holder: Shop | ShopPage | None, part: Said) -> dict[tuple[str, str], Any]:
    if isinstance(holder, ShopPage):
        page = page_revisions.judged(page_revisions.fresh(holder.pk), part)
        return {(one.name, one.language): page_values.read(page, one) for one, _value in part}
    if isinstance(holder, Shop):
        return _judged_row(shop, part)
    return _judged_products(shop, part)


def _judged_row(shop: Shop, part: Said) -> dict[tuple[str, str], Any]:
    row, errors = _written(shop, part)
    names = {name for one, _value in part for name in shop_values.facts(row, one)}
    try:
        row.full_clean(exclude=[field.name for field in Shop._meta.fields if field.name not in names])
    except ValidationError as refused:
        for name, complaints in _by_name(refused, part).error_dict.items():
            # What could not even be read has been said already.
            errors.setdefault(name, complaints)
    if errors:
        raise ValidationError(errors)
    return {(one.name, one.language): shop_values.read(row, one) for one, _value in part}


def _written(shop: Shop, part: Said) -> tuple[Shop, dict[str, Any]]:
    """Return the row with all that could be read, and complaints about the rest."""
    row = Shop.objects.get(pk=shop.pk)
    errors: dict[str, Any] = {}
    for one, value in part:
        try:
            shop_values.write(row, one, value)
        except ValidationError as refused:
            errors[one.said] = refused.error_list
    return row, errors


def _judged_products(shop: Shop, part: Said) -> dict[tuple[str, str], Any]:
    kept: dict[tuple[str, str], Any] = {}
    rows: dict[int | None, Product] = {}
    errors: dict[str, Any] = {}
    for one, value in part:
        try:
            if value is None and one.field.name == "product":
                kept[one.name, one.language] = None
                continue
            if one.product and product_of(shop, one) is None:
                # Only an undo brings one back; a key is nothing to choose.
                raise ValidationError({one.said: _("This product is no longer there.")})
            product = rows.setdefault(one.product, _product_for(shop, one))
            product_values.refuse_unknown_languages(product, value)
            product_values.write(product, one, value)
            # Only what the form offers; the row that a product hangs on is not judged with it.
            product.full_clean(exclude=["shop"], validate_unique=False)
            kept[one.name, one.language] = product_values.read(product, one)
        except ValidationError as refused:
            complaints = [complaint for each in refused.update_error_dict({}).values() for complaint in each]
            errors[one.said] = complaints
    if errors:
        raise ValidationError(errors)
    return kept


def _by_name(refused: ValidationError, part: Said) -> ValidationError:
    names = {cover.rsplit(".", 1)[1]: one.said for one, _value in part for cover in one.field.covers}
    errors: dict[str, list[ValidationError]] = {}
    for field, complaints in refused.update_error_dict({}).items():
        errors.setdefault(names.get(field, "__all__"), []).extend(complaints)
    return ValidationError(errors)


def _say_of_shop(shop: Shop, part: Said, *, by: User | None) -> None:
    row, errors = _written(shop, part)
    if errors:
        raise ValidationError(errors)
    facts = {name: value for one, _value in part for name, value in shop_values.facts(row, one).items()}
    change_facts(shop=shop, by=by, **facts)


def _product_for(shop: Shop, one: Asked) -> Product:
    """Return the product to write on: a new one, or one to come back, only where the product itself is said."""
    product = product_of(shop, one)
    if product is None and one.field.name != "product":
        raise ValidationError({one.said: _("This product is no longer there.")})
    if product is None and one.product and Product.objects.filter(pk=one.product).exists():
        # Of another shop: a name that somebody made up.
        raise ValidationError({one.said: _("This product is no longer there.")})
    return product or Product(pk=one.product, shop=shop)


def _say_of_product(shop: Shop, one: Asked, value: Any) -> int:
    if one.field.name == "product" and value is None:
        Product.objects.filter(shop=shop, pk=one.product).delete()
        return one.product or 0
    product = _product_for(shop, one)
    is_new = product._state.adding
    product_values.write(product, one, value)
    product.full_clean(exclude=["shop"], validate_unique=False)
    if is_new and product.sort_order is None:
        product.sort_order = Product.objects.filter(shop=shop).count()
    product.save(force_insert=is_new)
    return product.pk


def remember(change: ChangeRequest, made: Any) -> None:
    """Write on a request what came into being by it: the revision of its page, or the key of a new product."""
    if isinstance(made, Revision):
        change.revision, change.page_id = made, int(made.object_id)
    elif change.field == NEW_PRODUCT and made:
        change.field = f"product.{made}"
        change.after = now_is(change.shop, Asked(change.field, FIELDS["product"], product=made))
