from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlaquesConfig(AppConfig):
    name = "wardmark.plaques"
    label = "plaques"
    verbose_name = _("Plaques")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.core.checks import Tags, register
        from django.db.models.signals import post_migrate, post_save, pre_delete
        from wagtail.models import get_page_models
        from wagtail.signals import page_published, post_page_move

        from media.models import Picture
        from wardmark.base.models import BasePage
        from wardmark.plaques import checks, history, memory, permanence

        register(checks.plaque_base_url)
        register(checks.plaques_printed_elsewhere, Tags.database)
        pre_delete.connect(history.on_picture_deleted, sender=Picture, dispatch_uid="plaque-photo-deleted")
        post_migrate.connect(permanence.on_migrated, sender=self, dispatch_uid="plaques-for-ever")
        for model in get_page_models():
            if issubclass(model, BasePage):
                post_save.connect(memory.on_page_saved, sender=model, dispatch_uid=f"plaque-{model._meta.label}")
        page_published.connect(memory.on_page_published, dispatch_uid="plaque-published")
        post_page_move.connect(memory.on_page_moved, dispatch_uid="plaque-moved")
