"""A shop's hours are no longer words on its page: the migration before has read them into the shop."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streets", "0007_hours_from_text")]

    operations = [migrations.RemoveField(model_name="shoppage", name="opening_hours")]
