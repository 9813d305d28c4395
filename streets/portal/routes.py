"""Addresses in the vendors' corner, each behind the guard that its task takes."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from streets.members import Task
from streets.portal.guard import for_members


def looks(route: str, view: Callable[..., HttpResponse], name: str, task: Task) -> URLPattern:
    """A screen that shows, takes back or raises an alarm: open also while the shop is in dispute."""
    return path(route, for_members(task)(view), name=name)


def changes(route: str, view: Callable[..., HttpResponse], name: str, task: Task) -> URLPattern:
    """A screen that changes something, closed while the shop is in dispute."""
    return path(route, for_members(task, changes=True)(view), name=name)
