"""The pictures of a page's stories with what is drawn of them, in one query, however many blocks hold them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy

from wagtail.blocks.stream_block import StreamValue
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from media.models import Picture, PictureRendition
from wardmark.base.story_values import keys_named

_fetched: ContextVar[dict[int, Picture] | None] = ContextVar("fetched", default=None)


class StoryImageChooserBlock(ImageChooserBlock):
    """Wagtail's own for a picture without words of its own; to be named `image`, by which it is found."""

    def deconstruct(self):
        return ("wagtail.images.blocks.ImageChooserBlock", *super().deconstruct()[1:])

    def bulk_to_python(self, values):
        fetched = _fetched.get()
        if fetched is None:
            return super().bulk_to_python(values)
        # Each place says in words of its own what the picture shows, and writes that onto it.
        return [copy(fetched.get(value)) for value in values]


class StoryImageBlock(ImageBlock):
    """Wagtail's own, which takes its picture from those that are at hand."""

    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        chooser = StoryImageChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


def picture_keys(stories: Iterable[StreamValue]) -> set[int]:
    """Return the keys of the pictures in these stories: wherever an `image` names one by number."""
    return {key for story in stories for key in keys_named("image", story.get_prep_value())}


@contextmanager
def pictures_at_hand(pictures: dict[int, Picture]) -> Iterator[None]:
    """Within it, stories find these pictures without asking."""
    token = _fetched.set(pictures)
    try:
        yield
    finally:
        _fetched.reset(token)


def with_their_renditions(keys: set[int], besides: list[Picture]) -> dict[int, Picture]:
    """Return the pictures of these keys; they and those besides hold what is drawn of them.

    A second query is asked only where of some picture nothing is drawn yet.
    """
    drawn: dict[int, list[PictureRendition]] = {key: [] for key in keys | {picture.pk for picture in besides}}
    fetched: dict[int, Picture] = {}
    for rendition in PictureRendition.objects.filter(image__in=drawn).select_related("image"):
        drawn[rendition.image_id].append(rendition)
        fetched.setdefault(rendition.image_id, rendition.image)
    if undrawn := keys - fetched.keys():
        fetched |= Picture.objects.in_bulk(undrawn)
    for picture in (*fetched.values(), *besides):
        # As Django's prefetch_related leaves them, so that Wagtail finds them before it asks.
        found = picture.renditions.all()
        found._result_cache, found._prefetch_done = drawn[picture.pk], True
        picture._prefetched_objects_cache = {"renditions": found}
    return {key: fetched[key] for key in keys if key in fetched}
