"""The vendor's description within a page's story.

It is the first paragraph that is plain: no link, no list, nothing bold. All other blocks are the editors' and stay as
they are; where no paragraph is plain, the description is put before them.
"""

import re
from html import unescape
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamValue

LONGEST_DESCRIPTION = 3000
_PLAIN = re.compile(r"(?:\s*<p(?: data-block-key=\"[^\"]*\")?>(?:[^<]|<br ?/?>)*</p>)*\s*")
_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
_BREAK = re.compile(r"<br ?/?>")
_MANY_LINES = re.compile(r"\n\s*\n\s*")


def description(story: StreamValue) -> str:
    """Return the vendor's description as plain text, its paragraphs apart by an empty line."""
    found = _described(story)
    return "" if found is None else _as_text(_source(story[found]))


def with_description(story: StreamValue, text: str) -> StreamValue:
    """Return a story with another description; every other block as it was, with its id.

    Raises ValidationError for one too long.
    """
    words = _MANY_LINES.sub("\n\n", text.strip().replace("\r\n", "\n").replace("\r", "\n"))
    if len(words) > LONGEST_DESCRIPTION:
        raise ValidationError(
            _("Please write at most %(most)d characters; these are %(length)d."),
            params={"most": LONGEST_DESCRIPTION, "length": len(words)},
        )
    rows = list(story.get_prep_value())
    found = _described(story)
    if not words:
        rows = [row for number, row in enumerate(rows) if number != found]
    elif found is None:
        rows.insert(0, {"type": "paragraph", "value": _as_html(words), "id": str(uuid4())})
    elif _as_text(_source(story[found])) != words:
        rows[found] = rows[found] | {"value": _as_html(words)}
    return StreamValue(story.stream_block, rows, is_lazy=True)


def _described(story: StreamValue) -> int | None:
    plain = (
        number
        for number, block in enumerate(story)
        if block.block_type == "paragraph" and _PLAIN.fullmatch(_source(block))
    )
    return next(plain, None)


def _source(block: StreamValue.StreamChild) -> str:
    return block.value.source if block.value else ""


def _as_text(html: str) -> str:
    paragraphs = (_BREAK.sub("\n", words) for words in _PARAGRAPH.findall(html))
    return "\n\n".join(filter(None, (unescape(words).strip() for words in paragraphs)))


def _as_html(words: str) -> str:
    paragraphs = (escape(paragraph).replace("\n", "<br/>") for paragraph in words.split("\n\n"))
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
