"""Who may do what with a report: a right of its own, and the right to edit the page it is about.

A report of no page, or of one that is gone, belongs to all who have the right.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from wardmark.reports.models import VisitorReport, VisitorReportQuerySet

VIEW = "reports.view_visitorreport"
CHANGE = "reports.change_visitorreport"
PUBLISH = "reports.add_reportoutcome"
UNPUBLISH = "reports.delete_reportoutcome"
_TO_EDIT = {"change", "publish"}

User = AbstractBaseUser | AnonymousUser


def may_see_inbox(user: User) -> bool:
    """Say whether this person may look at reports at all; at which, `open_to` says."""
    return user.has_perm(VIEW) or user.has_perm(CHANGE)


def open_to(user: User, reports: VisitorReportQuerySet | None = None) -> VisitorReportQuerySet:
    """Return those of the reports (default: all) that this person may see; part of one query."""
    reports = VisitorReport.objects.all() if reports is None else reports
    if not may_see_inbox(user):
        return reports.none()
    mine = PagePermissionPolicy().instances_user_has_any_permission_for(user, _TO_EDIT)
    is_mine = Q(page_key__in=mine.order_by().values("translation_key"))
    is_nobodys = Q(page_key=None) | ~Q(page_key__in=Page.objects.order_by().values("translation_key"))
    return reports.filter(is_mine | is_nobodys)


def may_see(user: User, report: VisitorReport) -> bool:
    return open_to(user, VisitorReport.objects.filter(pk=report.pk)).exists()


def may_handle(user: User, report: VisitorReport) -> bool:
    """Say whether this person may do anything to this very report."""
    return user.has_perm(CHANGE) and may_see(user, report)


def officers() -> QuerySet:
    """Return the people to whom reports can be assigned; whether a certain one, the rule says."""
    people = get_user_model()._default_manager.with_perm(CHANGE, backend="django.contrib.auth.backends.ModelBackend")
    return people.order_by("last_name", "first_name", "username")
