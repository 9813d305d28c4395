"""The one paper on a food vendor's page becomes a record of the shop, waiting for an officer to verify it."""

from django.db import migrations

KINDS = ("certificate", "commitment")


def make_documents(apps, schema_editor):
    pages = apps.get_model("streets", "FoodVendorPage").objects.exclude(paper_kind="")
    document = apps.get_model("streets", "LegalDocument")
    for page in pages.filter(paper_issued_on__isnull=False, shop__isnull=False).select_related("shop").order_by("pk"):
        # The pages in all languages carry the same paper.
        document.objects.get_or_create(
            shop=page.shop,
            kind=page.paper_kind,
            number=page.paper_number,
            issued_on=page.paper_issued_on,
            defaults={"expires_on": page.paper_expires_on, "holder": page.shop.name[:200]},
        )


def make_fields(apps, schema_editor):
    page = apps.get_model("streets", "FoodVendorPage")
    for one in apps.get_model("streets", "LegalDocument").objects.filter(kind__in=KINDS).order_by("issued_on", "pk"):
        # The latest paper is left standing: a page has room for one.
        page.objects.filter(shop=one.shop_id).update(
            paper_kind=one.kind,
            paper_number=one.number,
            paper_issued_on=one.issued_on,
            paper_expires_on=one.expires_on,
        )


class Migration(migrations.Migration):
    dependencies = [("streets", "0015_food_law")]

    operations = [migrations.RunPython(make_documents, make_fields, elidable=True)]
