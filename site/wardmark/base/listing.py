"""Which pages may be named to everybody: in lists, beside other pages, in the language switch."""

from wagtail.query import PageQuerySet


def listed(pages: PageQuerySet) -> PageQuerySet:
    """Return those that are live and not behind a sign-in or password of their own.

    A restriction further up hides the list itself, so only the page's own is asked for; that costs no query more.
    """
    return pages.live().filter(view_restrictions__isnull=True)
