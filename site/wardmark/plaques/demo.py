"""The plaques of the demonstration ward: some hang, one is damaged, one was replaced, one taken down, two are blank."""

from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import override

from media.sample_pictures import sample_picture
from wardmark.base.demo import DemoWard
from wardmark.base.languages import source_language
from wardmark.base.models import PlacePage
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.checking import record_check
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import install, retire
from wardmark.plaques.linking import issue_blanks, issue_further
from wardmark.plaques.models import AlertKind, EventKind, Finding, Plaque, Screen, ScreenPage

# Where the first plaques hang, in the order in which their pages were made; the rest is only planned.
PLACES = ("cổng chính", "cạnh bảng giới thiệu", "cột cổng bên phải", "hiên nhà tiền tế", "tường rào phía đường")
# So many days ago each was last looked at; None: never since it was hung up.
LOOKED_AT = (12, 130, 95, None, 40)
HUNG_FOR = timedelta(days=200)


def load(ward: DemoWard) -> None:
    """Hang the plaques once the places they hang at are there: the apps that bring places build on this one."""
    ward.afterwards.append(_hang)


def _hang() -> None:
    with override(source_language()):
        pages = _places()
        for number, page in enumerate(pages[: len(PLACES)]):
            _hang_up(Plaque.objects.for_page(page), number)
        first = pages[0]
        _second_gate(first)
        _replaced(pages[1])
        _taken_down(pages[len(PLACES)])
        raise_alert(plaque=Plaque.objects.for_page(pages[2]), kind=AlertKind.PASTED_OVER)
        issue_blanks(count=2, by=None)
        _screen(pages[:4])


def _places() -> list[PlacePage]:
    """Return the places in the source language, as their types and in the order they were made."""
    keys = Plaque.objects.primary().order_by("pk")
    pages = (plaque.pages.get(source_language()) for plaque in keys)
    specific = (page.specific for page in pages if page is not None)
    return [page for page in specific if isinstance(page, PlacePage)]


def _hang_up(plaque: Plaque, number: int) -> None:
    today = timezone.localdate()
    _describe(plaque, PLACES[number], number)
    install(plaque=plaque, by=None, on=today - HUNG_FOR)
    days = LOOKED_AT[number]
    if days is not None:
        _looked_at(plaque, days)


def _describe(plaque: Plaque, label: str, number: int) -> None:
    with changing(plaque, kind=EventKind.CHANGED, by=None) as current:
        current.label = label
        current.photo = sample_picture("plaque", seed=number, title=f"{plaque.printed_code}, {label}")


def _looked_at(plaque: Plaque, days: int, by: AbstractBaseUser | None = None) -> None:
    """Write down a check of some days ago, as the round of that day did."""
    check = record_check(plaque=plaque, by=by, finding=Finding.FINE)
    check.at -= timedelta(days=days)
    check.save()
    with changing(plaque, kind=EventKind.CHANGED, by=None) as current:
        current.last_checked_on -= timedelta(days=days)
        current.next_check_on -= timedelta(days=days)


def _second_gate(page: PlacePage) -> None:
    plaque = issue_further(page=page, by=None, label="cổng sau")
    _describe(plaque, "cổng sau", len(PLACES))
    install(plaque=plaque, by=None, on=timezone.localdate() - timedelta(days=30))
    record_check(plaque=plaque, by=None, finding=Finding.DAMAGED, note="Góc dưới bị nứt")


def _replaced(page: PlacePage) -> None:
    old = issue_further(page=page, by=None, label="cạnh bảng giới thiệu (cũ)")
    install(plaque=old, by=None, on=timezone.localdate() - 2 * HUNG_FOR)
    retire(plaque=old, by=None, why="Biển cũ bị phai màu, đã thay biển mới.", replaced_by=Plaque.objects.for_page(page))


def _screen(pages: list[PlacePage]) -> None:
    screen = Screen(name="Bộ phận một cửa", slug="bo-phan-mot-cua", width_cm=121, height_cm=68, distance_m=Decimal(3))
    screen.entries = [ScreenPage(page=page, sort_order=number) for number, page in enumerate(pages)]
    screen.full_clean()
    screen.save()


def _taken_down(page: PlacePage) -> None:
    plaque = issue_further(page=page, by=None, label="nhà khách")
    install(plaque=plaque, by=None, on=timezone.localdate() - HUNG_FOR)
    retire(plaque=plaque, by=None, why="Nhà khách đang được tu sửa.")
