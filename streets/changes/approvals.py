"""Which step of a workflow let a revision become public, at once or on a day, also where another took over its day."""

from django.db.models import Q
from wagtail.models import Revision, TaskState


def approval_of(revision: Revision) -> TaskState | None:
    """Return the step in which this revision was let become public.

    Wagtail leaves a step with the revision that it began with: whatever was saved before the step ended is approved.
    """
    of_its_page = TaskState.objects.filter(
        workflow_state__base_content_type=revision.base_content_type_id,
        workflow_state__object_id=revision.object_id,
        status=TaskState.STATUS_APPROVED,
    )
    approved = of_its_page.filter(Q(finished_at__gte=revision.created_at) | Q(revision=revision))
    return approved.select_related("finished_by", "workflow_state__current_task_state__task").order_by("-pk").first()


def hand_on(before: Revision, after: Revision) -> None:
    """Let the step that approved one revision be about a newer one; the page's log keeps saying which it was about."""
    approval = approval_of(before)
    if approval is not None:
        approval.revision = after
        approval.save(update_fields=["revision"])
