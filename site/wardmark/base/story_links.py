"""Links from a story to other pages of the site, all of them found in one query.

Wagtail asks three times for each paragraph: for the pages, for them as their own types, and for each translation.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import get_language
from wagtail.blocks import RichTextBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText, extract_references_from_rich_text

from wardmark.base.languages import ladder
from wardmark.base.story_values import texts

Addresses = dict[int, str]

_found: ContextVar[Addresses | None] = ContextVar("links", default=None)


def addresses_found(keys: Iterable[int]) -> Addresses:
    """Return the addresses of pages: of those at hand, else asked for now."""
    found = _found.get()
    return addresses_of(keys) if found is None else found


class LinkedText(RichText):
    """A text that knows the addresses of the pages it names."""

    def __init__(self, source: str, addresses: Addresses):
        super().__init__(source)
        self.addresses = addresses

    def __html__(self):
        with addresses_at_hand(self.addresses):
            return super().__html__()


class StoryTextBlock(RichTextBlock):
    """Wagtail's own, whose links to pages take their addresses from those that are at hand."""

    def to_python(self, value):
        found = _found.get()
        return super().to_python(value) if found is None else LinkedText(value, found)

    def deconstruct(self):
        return ("wagtail.blocks.RichTextBlock", *super().deconstruct()[1:])


@contextmanager
def addresses_at_hand(addresses: Addresses) -> Iterator[None]:
    """Within it, texts find these addresses without asking."""
    token = _found.set(addresses)
    try:
        yield
    finally:
        _found.reset(token)


def linked_keys(stories: Iterable[StreamValue]) -> set[int]:
    """Return the keys of the pages that these stories link to."""
    return {
        int(key)
        for story in stories
        for text in texts(story.get_prep_value())
        if 'linktype="page"' in text
        for model, key, _model_path, _content_path in extract_references_from_rich_text(text)
        if issubclass(model, Page) and str(key).isdecimal()
    }


def addresses_of(keys: Iterable[int]) -> Addresses:
    """Return where visitors read each of these pages: in the active language, else as it is, else in the next one.

    One query; a page that is live in no language has no address.
    """
    wanted = set(keys)
    if not wanted:
        return {}
    families = Page.objects.filter(pk__in=wanted).values("translation_key")
    pages = list(Page.objects.filter(translation_key__in=families).select_related("locale"))
    family_of = {page.pk: page.translation_key for page in pages if page.pk in wanted}
    return {
        key: address
        for key, family in family_of.items()
        if (address := _read_at(key, [page for page in pages if page.translation_key == family and page.live]))
    }


def _read_at(key: int, live: list[Page]) -> str | None:
    rungs = ladder(get_language())

    def nearness(page: Page) -> tuple[bool, bool, int]:
        language = page.locale.language_code
        return (language != get_language(), page.pk != key, rungs.index(language) if language in rungs else len(rungs))

    return min(live, key=nearness).url if live else None
