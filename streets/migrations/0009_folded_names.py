"""Shops are found in the admin without accents; none is added or deleted by hand."""

from django.db import migrations, models

from wardmark.base.search import fold


def fold_names(apps, schema_editor):
    shop_model = apps.get_model("streets", "Shop")
    for shop in shop_model.objects.exclude(name=""):
        shop.folded = fold(shop.name)
        shop.save(update_fields=["folded"])


class Migration(migrations.Migration):
    dependencies = [("streets", "0008_no_hours_in_words")]

    operations = [
        migrations.AlterModelOptions(
            name="shop",
            options={
                "default_permissions": ("change", "view"),
                "ordering": ["name", "pk"],
                "verbose_name": "shop record",
                "verbose_name_plural": "shop records",
            },
        ),
        migrations.AddField(
            model_name="shop",
            name="folded",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
    ]
