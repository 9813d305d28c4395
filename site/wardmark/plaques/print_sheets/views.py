"""Print jobs for the people who order them: the form, the list, a job's page, its file."""

import logging
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from wardmark.base.chores import worker_is_missing
from wardmark.plaques.artwork import FORMATS
from wardmark.plaques.artwork.formats import format_label
from wardmark.plaques.inscriptions import proof_reason
from wardmark.plaques.models import Output, PrintJob
from wardmark.plaques.print_sheets.archive import download_name
from wardmark.plaques.print_sheets.forms import ChoosePlaquesForm
from wardmark.plaques.print_sheets.imposition import imposition_for
from wardmark.plaques.print_sheets.job_rights import PERMISSION, jobs_open_to
from wardmark.plaques.print_sheets.ordering import OrderRefused, cancel
from wardmark.plaques.print_sheets.progress import as_json, words

logger = logging.getLogger("wardmark.plaques")

JOBS_PER_PAGE = 30


def _furniture(title: str, *, in_jobs: bool = True) -> dict[str, Any]:
    """Return the title and the way back, as Wagtail's own screens show them."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if in_jobs:
        crumbs.append({"url": reverse("plaques_admin:print_jobs"), "label": _("Print jobs")})
    crumbs.append({"url": "", "label": title})
    return {"page_title": title, "header_title": title, "header_icon": "print", "breadcrumbs_items": crumbs}


def may_print(user: AbstractBaseUser) -> bool:
    return user.has_perm(PERMISSION)


@permission_required(PERMISSION)
def order(request: HttpRequest) -> HttpResponse:
    """The form; a POST also carries which plaques were chosen in a list before, in `plaque`."""
    if request.method == "POST":
        form = ChoosePlaquesForm(request.POST, user=request.user, plaques=request.POST.getlist("plaque"))
        if form.is_valid():
            try:
                job = form.order(form.chosen, request.user)
            except OrderRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("plaques_admin:print_job", job.pk)
    else:
        form = ChoosePlaquesForm(user=request.user, plaques=[])
    return order_screen(request, form)


def order_screen(request: HttpRequest, form: ChoosePlaquesForm) -> HttpResponse:
    """Show the form; it is sent to `order`, wherever it is shown."""
    context = {"form": form, "proof_reason": proof_reason(), **_furniture(_("Print plaques"))}
    return render(request, "plaques/admin/print/order.html", context)


@permission_required(PERMISSION)
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    found = jobs_open_to(request.user).select_related("made_by")
    page = Paginator(found, JOBS_PER_PAGE).get_page(request.GET.get("p"))
    for job in page:
        job.format_label = format_label(job.format_key)
    context = {"page": page, "worker_is_missing": _worker_is_missed(page), **_furniture(_("Print jobs"), in_jobs=False)}
    return render(request, "plaques/admin/print/jobs.html", context)


@permission_required(PERMISSION)
@require_safe
@never_cache
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    found = get_object_or_404(jobs_open_to(request.user).select_related("made_by"), pk=job_id)
    context = {
        "job": found,
        "format_label": format_label(found.format_key),
        "words": words(found),
        "sheets": _sheets(found),
        "refused": found.pieces.filter(part=None).exclude(refusal="").select_related("plaque"),
        "taken_out": found.pieces.exclude(part=None).exclude(refusal="").select_related("plaque"),
        "worker_is_missing": _worker_is_missed([found]),
        **_furniture(str(found)),
    }
    return render(request, "plaques/admin/print/job.html", context)


@permission_required(PERMISSION)
@require_safe
@never_cache
def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    return JsonResponse(as_json(get_object_or_404(jobs_open_to(request.user), pk=job_id)))


@permission_required(PERMISSION)
@require_POST
def cancel_job(request: HttpRequest, job_id: int) -> HttpResponse:
    try:
        cancel(job=get_object_or_404(jobs_open_to(request.user), pk=job_id))
    except OrderRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The print job was cancelled."))
    return redirect("plaques_admin:print_job", job_id)


@permission_required(PERMISSION)
@require_safe
@never_cache
def download(request: HttpRequest, job_id: int) -> HttpResponse:
    """Send the finished file through the application, which alone can read it; say so where it is gone."""
    found = get_object_or_404(jobs_open_to(request.user), pk=job_id)
    if not found.can_be_downloaded:
        raise Http404
    extension = "pdf" if found.output == Output.SHEETS else "zip"
    name = download_name(
        number=found.pk,
        format_key=found.format_key,
        extension=extension,
        made_at=timezone.localtime(found.made_at),
    )
    try:
        file = found.result.storage.open(found.result.name, "rb")
    except FileNotFoundError:
        logger.exception("The file of print job %s is gone", found.pk)
        return _file_is_gone(request)
    return FileResponse(file, as_attachment=True, filename=name)


def _file_is_gone(request: HttpRequest) -> HttpResponse:
    title = _("The file is no longer there")
    reason = _("Order the same again to get a new one. Whoever runs the site finds more in the log.")
    return render(request, "plaques/admin/refused.html", {"title": title, "reason": reason}, status=404)


def _sheets(job: PrintJob) -> dict[str, int] | None:
    if job.output != Output.SHEETS or job.format_key not in FORMATS:
        return None
    per_sheet = imposition_for(FORMATS[job.format_key], job.sheet_size).per_sheet
    return {"per_sheet": per_sheet, "number": -(-job.drawn // per_sheet)}


def _worker_is_missed(jobs) -> bool:
    return any(job.is_open for job in jobs) and worker_is_missing()
