"""The addresses of a shop's people, in the vendors' corner. Each says which task it is for, and whether it changes."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, include, path
from django.utils.translation import pgettext_lazy

from streets.claims import assisting_views as assist
from streets.claims import people_views as views
from streets.members import Task
from streets.portal.guard import for_members

app_name = "people"


def _looks(route: str, view: Callable[..., HttpResponse], name: str, task: Task) -> URLPattern:
    return path(route, for_members(task)(view), name=name)


def _changes(route: str, view: Callable[..., HttpResponse], name: str, task: Task) -> URLPattern:
    return path(route, for_members(task, changes=True)(view), name=name)


_of_a_shop = [
    _looks("", views.people, "people", Task.DAILY),
    _changes(pgettext_lazy("address", "invite/"), views.invite_somebody, "invite", Task.OWN),
    _changes(pgettext_lazy("address", "<int:pk>/role/"), views.set_role, "role", Task.OWN),
    _changes(pgettext_lazy("address", "<int:pk>/end/"), views.end_somebody, "end", Task.OWN),
    _changes("<slug:serial>/cancel/", views.cancel, "cancel", Task.OWN),
    # Staff may go whatever is in dispute; an owner may not, which the rule says.
    _looks(pgettext_lazy("address", "leave/"), views.leave_shop, "leave", Task.DAILY),
    _changes(pgettext_lazy("address", "pass-on/"), views.pass_on, "pass_on", Task.OWN),
    _changes(pgettext_lazy("address", "pass-on/take-back/"), views.take_back, "take_back", Task.OWN),
    _changes(pgettext_lazy("address", "entered-for-me/"), assist.entered_for_me, "entered", Task.TELL),
]
# For the officer who began it, on the officer's own tablet.
_assisted = [
    path("", assist.for_the_officer(assist.assisted), name="assisted"),
    path(pgettext_lazy("address", "code/"), assist.for_the_officer(assist.assisted_send), name="assisted_send"),
    path(pgettext_lazy("address", "drop/"), assist.for_the_officer(assist.assisted_drop), name="assisted_drop"),
    path("<slug:form>/", assist.for_the_officer(assist.assisted_form), name="assisted_form"),
]
urlpatterns = [
    path(pgettext_lazy("address", "<uuid:key>/people/"), include(_of_a_shop)),
    path(pgettext_lazy("address", "<uuid:key>/assisted/"), include(_assisted)),
]
