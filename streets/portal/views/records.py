"""Papers that the shop sends to the ward, and its answers to inspections."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from streets.inspections import InspectionRefused, reply
from streets.models import Inspection, InspectionReply, ReplyState, SentPaper
from streets.portal.forms.papers import PaperForm
from streets.portal.forms.replies import ReplyForm
from streets.portal.guard import Kept
from streets.portal.screens import back_to, show
from streets.sent_papers import PaperNotTaken, send_paper, withdraw_paper

SHOWN = 20


def papers(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Show what the ward has and what waits; take one more in."""
    form = PaperForm()
    status = 200
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES)
        if form.is_valid() and _sent(request, kept, form):
            messages.success(request, _("Thank you. The ward has your paper and looks at it."))
            return back_to(reverse("portal:papers", args=[kept.shop.page_key]))
        status = 422
    context = {
        "form": form,
        "documents": kept.shop.documents.all()[:SHOWN],
        "sent": kept.shop.sent_papers.select_related("document")[:SHOWN],
    }
    return show(request, kept, "portal/papers.html", context, status=status)


def _sent(request: HttpRequest, kept: Kept, form: PaperForm) -> bool:
    try:
        send_paper(shop=kept.shop, by=request.user, **form.cleaned_data)
    except PaperNotTaken as refused:
        form.add_error(None, str(refused))
    except ValidationError as refused:
        form.add_error(None, refused)
    else:
        return True
    return False


@require_POST
def withdraw_sent_paper(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    paper = get_object_or_404(SentPaper, shop=kept.shop, pk=pk)
    try:
        withdraw_paper(paper=paper, by=request.user)
    except PaperNotTaken as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The paper is taken back, and its photo deleted."))
    return back_to(reverse("portal:papers", args=[kept.shop.page_key]))


def inspections(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Show the finalised records of the shop, those in standstill among them, each with its answer."""
    return show(request, kept, "portal/inspections.html", {"inspections": _finalised(kept)[:SHOWN]})


def answer_inspection(request: HttpRequest, kept: Kept, pk: int) -> HttpResponse:
    """Take the shop's answer to a record; an officer reads it before visitors do."""
    inspection = get_object_or_404(_finalised(kept), pk=pk)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _answered(request, inspection, form):
            messages.success(request, _("Thank you. Your answer is shown once an officer has read it."))
            return back_to(reverse("portal:inspections", args=[kept.shop.page_key]))
        status = 422
    context: dict[str, Any] = {"form": form, "inspection": inspection, "has_answer": _has_answer(inspection)}
    return show(request, kept, "portal/answer.html", context, status=status)


def _answered(request: HttpRequest, inspection: Inspection, form: ReplyForm) -> bool:
    try:
        reply(inspection=inspection, words=form.cleaned_data["words"], by=request.user, on=timezone.localdate())
    except InspectionRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _finalised(kept: Kept) -> Any:
    return (
        kept.shop.inspections.filter(finalised_on__isnull=False)
        .select_related("corrected_by")
        .prefetch_related("findings", "replies")
    )


def _has_answer(inspection: Inspection) -> bool:
    return InspectionReply.objects.filter(inspection=inspection).exclude(state=ReplyState.REFUSED).exists()
