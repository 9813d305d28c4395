"""The decrees, clauses and points of the self-check to begin with; the ward keeps them from then on."""

from django.db import migrations

from streets.law.food_safety import enter_food_law

MODELS = (
    "ExemptionClause",
    "ExemptionClauseWording",
    "FoodDecree",
    "FoodDecreeWording",
    "SelfCheckPoint",
    "SelfCheckPointWording",
)


def enter(apps, schema_editor):
    enter_food_law({name: apps.get_model("streets", name) for name in MODELS})


class Migration(migrations.Migration):
    dependencies = [("streets", "0014_food_safety")]

    # Backwards the tables go with all that is in them.
    operations = [migrations.RunPython(enter, migrations.RunPython.noop, elidable=True)]
