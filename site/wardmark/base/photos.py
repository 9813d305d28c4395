"""What a page shows is cut into its sizes when the page is published, not while a visitor waits."""

from django.db import transaction
from django.utils import translation

from media.photos import warm
from wardmark.base.models import BasePage


def on_page_published(sender, instance, **kwargs) -> None:
    if isinstance(instance, BasePage) and instance.link_photo is not None:
        photo = instance.link_photo
        # Of a partial that fails, Django 5.2 cannot say its name, and fails itself.
        transaction.on_commit(lambda: warm(photo), robust=True)
    if isinstance(instance, BasePage):
        transaction.on_commit(lambda: _tell_once(instance), robust=True)


def _tell_once(page: BasePage) -> None:
    """Draw what the stories of a page show, in the very sizes their blocks ask for."""
    with translation.override(page.locale.language_code):
        for story in page.stories().values():
            story.render_as_block()
