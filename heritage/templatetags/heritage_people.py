"""The people honoured, for the pages of sites and the list of sites."""

from django import template

from heritage.honouring import Honoured, people_honoured, people_of, sites_honouring
from heritage.models import HeritageIndexPage, HeritageSitePage, PersonPage

register = template.Library()


@register.simple_tag(name="people_honoured")
def people_honoured_tag(site: HeritageSitePage) -> list[Honoured]:
    return people_honoured(site)


@register.simple_tag(name="people_of")
def people_of_tag(index: HeritageIndexPage) -> list[PersonPage]:
    return people_of(index)


@register.simple_tag(name="sites_honouring")
def sites_honouring_tag(person: PersonPage) -> list[HeritageSitePage]:
    return sites_honouring(person)
