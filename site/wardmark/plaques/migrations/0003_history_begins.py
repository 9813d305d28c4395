"""Plaques made before they had a history get its first line: the day their code was issued."""

from django.db import migrations


def begin(apps, schema_editor):
    plaques = apps.get_model("plaques", "Plaque").objects.filter(events=None)
    events = apps.get_model("plaques", "PlaqueEvent").objects
    events.bulk_create(
        [events.model(plaque=plaque, kind="issued", at=plaque.created_at) for plaque in plaques.iterator()],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("plaques", "0002_plaques_as_things")]
    # Backwards nothing is to do: the table of the history goes with the migration before.
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
