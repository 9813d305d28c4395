from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "wardmark.base"
    label = "base"
    verbose_name = _("Pages of the ward")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_delete, post_migrate, post_save
        from wagtail.signals import page_published, post_page_move

        from wardmark.base.page_cache import on_change, on_migrated
        from wardmark.base.photos import on_page_published

        page_published.connect(on_page_published, dispatch_uid="base-warm-photo")
        for changed in (post_save, post_delete, post_page_move):
            changed.connect(on_change, dispatch_uid="base-forget-pages")
        post_migrate.connect(on_migrated, sender=self, dispatch_uid="base-forget-pages")
