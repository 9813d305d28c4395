from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "wardmark.reports"
    label = "reports"
    verbose_name = _("Visitors’ reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_delete, post_migrate, post_save

        from wardmark.reports import on_pages, permanence
        from wardmark.reports.models import ReportOutcome

        for signal in (post_save, post_delete):
            signal.connect(on_pages.on_outcome_changed, sender=ReportOutcome, dispatch_uid="report-outcome-changed")
        post_migrate.connect(permanence.on_migrated, sender=self, dispatch_uid="reports-history-for-ever")
