"""The main banks and the rule for payees' names: a beginning that editors go on from."""

from django.db import migrations

from streets.law.payment_lists import enter_payment_lists


def enter(apps, schema_editor):
    enter_payment_lists({name: apps.get_model("streets", name) for name in ("Bank", "PayeeNameRule")})


class Migration(migrations.Migration):
    dependencies = [("streets", "0012_payment_accounts")]

    # Backwards nothing is taken away: the tables go with the migration before, and editors may have changed the rows.
    operations = [migrations.RunPython(enter, migrations.RunPython.noop, elidable=True)]
