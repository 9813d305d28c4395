"""What staff are shown of a plaque on site."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from wardmark.base.languages import source_language, wished_languages
from wardmark.base.people import person_name
from wardmark.plaques.lifecycle import may_be_hung_up
from wardmark.plaques.linking import needs_second_person
from wardmark.plaques.models import LinkRequest, Plaque, PlaqueAlert, PlaqueCheck
from wardmark.plaques.resolving import destination
from wardmark.plaques.rights import CHANGE_ALERT, CHANGE_REQUEST, may, may_edit_page
from wardmark.plaques.round.nearby import Waiting, waiting_near


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Another page asked for, and whether this person asked or may decide."""

    request: LinkRequest
    is_own: bool
    may_decide: bool

    @property
    def who(self) -> str:
        """The name of whoever asked; empty where the account is gone."""
        return person_name(self.request.asked_by)


@dataclass(frozen=True, slots=True)
class Screen:
    """A plaque as its keeper sees it. `address` is the visitor's page, empty where its code leads to none."""

    plaque: Plaque
    name: str
    address: str
    last_check: PlaqueCheck | None
    alerts: list[PlaqueAlert]
    may_close_alerts: bool
    wish: OpenRequest | None
    next_ones: list[Waiting]

    @property
    def was_checked_today(self) -> bool:
        return self.plaque.last_checked_on == timezone.localdate()

    @property
    def may_be_hung(self) -> bool:
        """Whether it is still to be hung up: what hangs or hung is checked instead."""
        return may_be_hung_up(self.plaque.state)

    @property
    def may_be_checked(self) -> bool:
        return not self.plaque.is_retired and not self.may_be_hung

    @property
    def needs_second_person(self) -> bool:
        return needs_second_person(self.plaque)


def screen_of(plaque: Plaque, request: HttpRequest) -> Screen:
    page = destination(plaque).page_in(wished_languages(request))
    return Screen(
        plaque=plaque,
        name=name_of(plaque),
        address=(page.get_url(request) or "") if page else "",
        last_check=plaque.checks.select_related("by").first(),
        alerts=list(plaque.alerts.open()),
        may_close_alerts=may(request.user, plaque, CHANGE_ALERT),
        wish=_open_request(plaque, request),
        next_ones=waiting_near(plaque, request.user),
    )


def name_of(plaque: Plaque) -> str:
    """Return its page's name in the active language, the code where it has none."""
    return plaque.remembered_name() or plaque.printed_code


def page_with_key(key: object) -> Page | None:
    """Return the page with this translation key in the source language, else in any."""
    pages = list(Page.objects.filter(translation_key=key, alias_of=None).select_related("locale"))
    pages.sort(key=lambda page: page.locale.language_code != source_language())
    return pages[0] if pages else None


def _open_request(plaque: Plaque, request: HttpRequest) -> OpenRequest | None:
    wish = plaque.link_requests.open().select_related("asked_by").first()
    return wish and open_request(wish, request)


def open_request(wish: LinkRequest, request: HttpRequest) -> OpenRequest:
    """Say what this person may do about a request; whoever decides may edit the new page too."""
    is_own = wish.asked_by_id == request.user.pk
    if is_own or not may(request.user, wish.plaque, CHANGE_REQUEST):
        return OpenRequest(wish, is_own, may_decide=False)
    page = page_with_key(wish.page_key)
    return OpenRequest(wish, is_own, may_decide=page is None or may_edit_page(request.user, page))
