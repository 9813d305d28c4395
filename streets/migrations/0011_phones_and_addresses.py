"""Bring public phones into one form, and take apart the typed addresses that are understood whole."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import migrations

from streets.addresses import split_line
from wardmark.base.national_phones import normalised


def bring_into_form(apps, schema_editor):
    shop_page = apps.get_model("streets", "ShopPage")
    page = apps.get_model("wagtailcore", "Page")
    streets = dict(page.objects.filter(streetpage__isnull=False).values_list("path", "title"))
    parts_of = {}
    for shop in shop_page.objects.select_related("locale").order_by("pk"):
        if shop.phone:
            # A number that is none stands until somebody mends it.
            with suppress(ValidationError):
                shop_page.objects.filter(pk=shop.pk).update(phone=normalised(shop.phone))
        if shop.locale.language_code == settings.LANGUAGE_CODE:
            parts_of[shop.translation_key] = split_line(shop.address, streets.get(shop.path[:-4], ""))
    for key, parts in parts_of.items():
        if parts:
            shop_page.objects.filter(translation_key=key).update(
                floor=parts.floor, house_number=parts.house_number, alley=parts.alley
            )


class Migration(migrations.Migration):
    dependencies = [("streets", "0010_listing"), ("wagtailcore", "0001_initial")]

    operations = [migrations.RunPython(bring_into_form, migrations.RunPython.noop, elidable=True)]
