from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "wardmark.base"
    label = "base"
    verbose_name = _("Pages of the ward")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.signals import page_published

        from wardmark.base.photos import on_page_published

        page_published.connect(on_page_published, dispatch_uid="base-warm-photo")
