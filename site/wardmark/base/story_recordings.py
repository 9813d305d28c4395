"""The recordings and films that stories tell with: fetched together, and published only with their words."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext
from wagtail.blocks.stream_block import StreamValue
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from media.models import Audio
from wardmark.base.story_values import keys_named

_fetched: ContextVar[dict[int, Audio] | None] = ContextVar("recordings", default=None)


class _Fetched:
    """Takes its recording from those that `recordings_at_hand` has fetched."""

    def bulk_to_python(self, values):
        fetched = _fetched.get()
        if fetched is None:
            return super().bulk_to_python(values)
        return [fetched.get(value) for value in values]


class StorySoundChooserBlock(_Fetched, AudioChooserBlock):
    def deconstruct(self):
        return ("wagtailmedia.blocks.AudioChooserBlock", *super().deconstruct()[1:])


class StoryFilmChooserBlock(_Fetched, VideoChooserBlock):
    def deconstruct(self):
        return ("wagtailmedia.blocks.VideoChooserBlock", *super().deconstruct()[1:])


def recording_keys(stories: Iterable[StreamValue]) -> set[int]:
    """Return the keys of the recordings that these stories tell with."""
    return {key for story in stories for key in keys_named("recording", story.get_prep_value())}


@contextmanager
def recordings_at_hand(recordings: dict[int, Audio]) -> Iterator[None]:
    """Within it, stories find these recordings without asking."""
    token = _fetched.set(recordings)
    try:
        yield
    finally:
        _fetched.reset(token)


def wordless(recordings: Iterable[Audio]) -> Iterator[str]:
    """Say of each recording without words in writing that they are missing."""
    for recording in recordings:
        if not recording.has_its_words:
            yield no_words(recording)


def no_words(recording: Audio) -> str:
    """What the editor is told of a recording that nobody can read."""
    if recording.is_film:
        said = gettext("The video “%(title)s” has no captions and no transcript. Add one, or publish later.")
    else:
        said = gettext("The recording “%(title)s” has no transcript. Write it, or save a draft and publish later.")
    return said % {"title": recording.title}


def what_hinders_recordings(story: StreamValue) -> list[str]:
    """Say which recordings of a story keep its page from being published. No query where there is none."""
    keys = recording_keys([story])
    return list(wordless(Audio.objects.filter(pk__in=keys).order_by("pk"))) if keys else []
