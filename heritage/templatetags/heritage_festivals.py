"""The coming festivals, for the list of sites."""

from django import template

from heritage.coming import coming_days
from heritage.models import Festival, HeritageIndexPage, HeritageSitePage
from wardmark.base.listing import listed

register = template.Library()


@register.simple_tag(name="coming_days")
def coming_days_tag(index: HeritageIndexPage) -> list[list[Festival]]:
    """Return the festivals of the next days that have any, at the listed sites of this index."""
    return coming_days(listed(HeritageSitePage.objects.child_of(index)))
