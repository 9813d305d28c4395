"""A page's photo is cut into its sizes when the page is published, not while a visitor waits."""

from functools import partial

from django.db import transaction

from media.photos import warm
from wardmark.base.models import PlacePage


def on_page_published(sender, instance, **kwargs) -> None:
    if isinstance(instance, PlacePage) and instance.photo is not None:
        transaction.on_commit(partial(warm, instance.photo), robust=True)
