"""How a text shows its links to pages."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from wardmark.base.story_links import addresses_found


class PlainPageLinkHandler(PageLinkHandler):
    """Wagtail's own, but for pages that nobody can read, which get no address: a link that leads nowhere is no link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        keys = [_key(attrs.get("id", "")) for attrs in attrs_list]
        found = addresses_found(keys)
        return [f'<a href="{escape(found[key])}">' if key in found else "<a>" for key in keys]


def _key(said: str) -> int:
    """Return a page's key, or 0, which no page has, for what a program wrote into the text that is no key."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0
