"""Papers hang on the shop; what pages had is there since the migration before."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streets", "0016_papers_become_documents")]

    operations = [
        migrations.RemoveField(model_name="foodvendorpage", name="paper_expires_on"),
        migrations.RemoveField(model_name="foodvendorpage", name="paper_issued_on"),
        migrations.RemoveField(model_name="foodvendorpage", name="paper_kind"),
        migrations.RemoveField(model_name="foodvendorpage", name="paper_number"),
    ]
