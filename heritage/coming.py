"""The festivals still to come at several sites together."""

from itertools import groupby

from wagtail.query import PageQuerySet

from heritage.models.festivals import Festival, soonest_first


def festivals_at(sites: PageQuerySet) -> list[Festival]:
    """Return the festivals of these sites with a known date, each with its page, in one query; soonest first."""
    rows = Festival.objects.filter(page__in=sites.values("pk")).select_related("page", "page__locale")
    return [festival for festival in soonest_first(rows.order_by("page__path", "sort_order")) if festival.next]


def coming_days(sites: PageQuerySet) -> list[list[Festival]]:
    """Return the next holding of every festival, those of one day together, soonest first.

    Several villages hold theirs on the same day: one by one, they would fill the list.
    """
    days = groupby(festivals_at(sites), key=lambda festival: festival.next and festival.next.first)
    return [list(festivals) for _first, festivals in days]
