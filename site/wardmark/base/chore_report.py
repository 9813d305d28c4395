"""The chores for people: when each last ran, and whether it failed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_required

from wardmark.base.chores import chores, worker_is_missing
from wardmark.base.models import ChoreRun

PERMISSION = "base.view_chorerun"


@dataclass(frozen=True, slots=True)
class Line:
    """One chore of the report; `run` is None while it never ran."""

    title: str | Promise
    every: timedelta
    run: ChoreRun | None


@permission_required(PERMISSION)
def chore_report(request: HttpRequest) -> HttpResponse:
    runs = {run.name: run for run in ChoreRun.objects.all()}
    lines = [Line(chore.title, chore.every, runs.get(name)) for name, chore in chores().items()]
    title = _("Chores")
    context: dict[str, Any] = {
        "lines": lines,
        "worker_is_missing": worker_is_missing(),
        "page_title": title,
        "header_title": title,
        "header_icon": "rotate",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "base/admin/chore_report.html", context)
