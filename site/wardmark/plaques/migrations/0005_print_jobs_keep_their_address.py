from django.db import migrations, models


def mark_what_was_marked(apps, schema_editor):
    """What ended jobs printed was marked with their end."""
    pieces = apps.get_model("plaques", "PrintPiece").objects
    pieces.filter(job__marked_at__isnull=False, part__isnull=False).update(marked=True)


class Migration(migrations.Migration):
    dependencies = [("plaques", "0004_print_jobs")]

    operations = [
        migrations.AddField(
            model_name="printjob",
            name="base_url",
            field=models.CharField(blank=True, default="", max_length=120, verbose_name="printed address"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="printpiece",
            name="marked",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_what_was_marked, migrations.RunPython.noop, elidable=True),
    ]
