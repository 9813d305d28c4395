"""Read the hours that pages had in words into the shops' tables; what cannot be read stays, as the shop's own note."""

from django.conf import settings
from django.db import migrations

from streets.hours import read_week, week_from_text, write_week

MODELS = ("shoppage", "foodvendorpage")


def read_texts(apps, schema_editor):
    page_model = apps.get_model("streets", "ShopPage")
    texts = {}
    # The first language's words come first: of two tables that differ, theirs counts.
    pages = sorted(
        page_model.objects.exclude(opening_hours="").exclude(shop=None).select_related("locale", "shop"),
        key=lambda page: (page.locale.language_code != settings.LANGUAGE_CODE, page.pk),
    )
    for page in pages:
        texts.setdefault(page.shop, {})[page.locale.language_code] = page.opening_hours.strip()
    for shop, said in texts.items():
        read = {language: week_from_text(text) for language, text in said.items()}
        shop.hours = next((write_week(week) for week in read.values() if week is not None), None)
        shop.hours_note = {language: said[language][:500] for language, week in read.items() if week is None}
        shop.save(update_fields=["hours", "hours_note"])


def write_texts(apps, schema_editor):
    page_model = apps.get_model("streets", "ShopPage")
    for page in page_model.objects.exclude(shop=None).select_related("locale", "shop"):
        week = read_week(page.shop.hours)
        lines = [f"{day}: {', '.join(map(str, spans))}" for day, spans in week or () if spans]
        note = page.shop.hours_note.get(page.locale.language_code, "")
        text = "\n".join(filter(None, (*lines, note)))
        page_model.objects.filter(pk=page.pk).update(opening_hours=text[:500])


def forget_translations_of_the_text(apps, schema_editor):
    """A saved translation of a field that a page no longer has would fail each time the page is translated again."""
    segments = apps.get_model("wagtail_localize", "StringSegment")
    segments.objects.filter(
        context__path="opening_hours",
        source__specific_content_type__app_label="streets",
        source__specific_content_type__model__in=MODELS,
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("streets", "0006_opening"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.RunPython(read_texts, write_texts, elidable=True),
        migrations.RunPython(forget_translations_of_the_text, migrations.RunPython.noop, elidable=True),
    ]
