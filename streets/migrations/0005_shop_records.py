"""One record of a shop behind its pages in all languages; members keep the shop, not one of its pages."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def make_shops(apps, schema_editor):
    shop_page = apps.get_model("streets", "ShopPage")
    shop = apps.get_model("streets", "Shop")
    for page in shop_page.objects.select_related("locale").order_by("pk"):
        record, _is_new = shop.objects.get_or_create(page_key=page.translation_key)
        if not record.name or page.locale.language_code == settings.LANGUAGE_CODE:
            record.name = page.title
            record.save()
        shop_page.objects.filter(pk=page.pk).update(shop=record)


def let_members_keep_shops(apps, schema_editor):
    member = apps.get_model("streets", "ShopMember")
    seen = set()
    for one in member.objects.select_related("shop").order_by("pk"):
        if (one.shop.shop_id, one.user_id) in seen:
            # Kept by its pages in two languages: once is enough.
            one.delete()
            continue
        seen.add((one.shop.shop_id, one.user_id))
        one.record_id = one.shop.shop_id
        one.save()


def let_members_keep_pages(apps, schema_editor):
    member = apps.get_model("streets", "ShopMember")
    for one in member.objects.select_related("record"):
        page = one.record.pages.order_by("pk").first()
        if page is None:
            one.delete()
            continue
        one.shop_id = page.pk
        one.save()


class Migration(migrations.Migration):
    dependencies = [("streets", "0004_sound_and_video")]

    operations = [
        migrations.CreateModel(
            name="Shop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page_key", models.UUIDField(editable=False, unique=True, verbose_name="page key")),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="As its page in the first language has it.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
            ],
            options={
                "verbose_name": "shop record",
                "verbose_name_plural": "shop records",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="shoppage",
            name="shop",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pages",
                to="streets.shop",
                verbose_name="the shop itself",
            ),
        ),
        migrations.RunPython(make_shops, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="shopmember", name="streets_member_once_per_shop"),
        migrations.AddField(
            model_name="shopmember",
            name="record",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="streets.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AlterField(
            model_name="shopmember",
            name="shop",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="streets.shoppage"
            ),
        ),
        migrations.RunPython(let_members_keep_shops, let_members_keep_pages, elidable=True),
        migrations.RemoveField(model_name="shopmember", name="shop"),
        migrations.RenameField(model_name="shopmember", old_name="record", new_name="shop"),
        migrations.AlterField(
            model_name="shopmember",
            name="shop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="streets.shop",
                verbose_name="shop",
            ),
        ),
        migrations.AddConstraint(
            model_name="shopmember",
            constraint=models.UniqueConstraint(fields=["shop", "user"], name="streets_member_once_per_shop"),
        ),
    ]
