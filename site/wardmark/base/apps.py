from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "wardmark.base"
    label = "base"
    verbose_name = _("Pages of the ward")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.core.checks import register
        from django.db.models.signals import post_delete, post_migrate, post_save
        from wagtail.models import Page
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from wardmark.base import checks, link_pictures, sealing, translating
        from wardmark.base.languages import let_english_stand_in
        from wardmark.base.locales import make_locales
        from wardmark.base.page_cache import on_change, on_migrated
        from wardmark.base.photos import on_page_published

        let_english_stand_in()
        register(checks.languages)
        register(sealing.sealing_keys)
        page_published.connect(on_page_published, dispatch_uid="base-warm-photo")
        page_published.connect(translating.on_page_published, dispatch_uid="base-note-translation")
        page_published.connect(link_pictures.on_page_published, dispatch_uid="base-draw-link-picture")
        page_unpublished.connect(link_pictures.on_page_gone, dispatch_uid="base-forget-link-picture")
        post_delete.connect(link_pictures.on_page_gone, sender=Page, dispatch_uid="base-forget-link-picture")
        for changed in (post_save, post_delete, post_page_move):
            changed.connect(on_change, dispatch_uid="base-forget-pages")
        post_migrate.connect(on_migrated, sender=self, dispatch_uid="base-forget-pages")
        post_migrate.connect(make_locales, sender=self, dispatch_uid="base-make-locales")
