"""What waits of a page, in Wagtail's own workflow: editors decide where they decide on everything else.

The workflow is entered where nothing else stands on the page: no draft of an editor, no lock, no other workflow. Beside
one of them the wish waits in the officers' list alone, until what stood there is public. Whatever is decided in
Wagtail's admin is told to the requests by Wagtail's signals, connected in `apps.py`; their receivers lock the shop
first, as `in_turn` says.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from django.contrib.auth.models import AbstractBaseUser, Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState, WorkflowTask
from wagtail.signals import workflow_approved

from streets.changes import page_revisions, page_values
from streets.changes.approvals import approval_of
from streets.changes.classes import Asked, asked
from streets.changes.in_turn import locked
from streets.models import ChangeRequest, ChangeState, ShopPage, VendorChangeTask
from wardmark.accounts.models import User
from wardmark.base.languages import source_language
from wardmark.base.publishing import NotReady

logger = logging.getLogger("streets.changes")

DECIDE = "streets.decide_changerequest"


class PageIsHeld(Exception):
    """Somebody has locked the page, or put it down to be published on a day."""


@transaction.atomic
def ensure_workflow() -> Workflow:
    """Return the workflow of vendors' changes, made where there is none; whoever may decide on them may do it there."""
    task = VendorChangeTask.objects.order_by("pk").first()
    with override(source_language()):
        task = task or VendorChangeTask.objects.create(name=_("The ward decides on the shop’s change"))
        workflow = Workflow.objects.filter(workflow_tasks__task=task).order_by("pk").first()
        if workflow is None:
            workflow = Workflow.objects.create(name=_("Changes by shops"))
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    app_label, codename = DECIDE.split(".")
    right = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    task.groups.set(Group.objects.filter(permissions__in=right).distinct())
    return workflow


def is_ours(state: WorkflowState) -> bool:
    task = state.current_task_state and state.current_task_state.task
    return task is not None and isinstance(task.specific, VendorChangeTask)


def _was_approved(state: WorkflowState) -> bool:
    return state.status == WorkflowState.STATUS_APPROVED and is_ours(state)


def is_held(page: Page) -> bool:
    """Say whether somebody has locked the page, or put it down to be published on a day."""
    lock = page.get_lock()
    return lock is not None and not isinstance(lock, WorkflowLock)


def enter(changes: Iterable[ChangeRequest], *, by: User | None) -> None:
    """Put waiting changes of pages into a revision by the vendor and the workflow, where the page is free for it."""
    for page_id, ours in _by_page(changes).items():
        page = page_revisions.fresh(page_id)
        state = page_revisions.workflow_state(page)
        if not _is_free(page, state):
            continue
        revision = page_revisions.draft_with(page_id, [(one, change.after) for change, one in ours], by=by)
        _in_it(page_id).update(revision=revision)
        ChangeRequest.objects.filter(pk__in=[change.pk for change, _one in ours]).update(revision=revision)
        for change, _one in ours:
            change.revision = revision
        if state is None:
            ensure_workflow().start(page_revisions.fresh(page_id), by)


def leave(changes: Iterable[ChangeRequest], *, by: AbstractBaseUser | None) -> None:
    """Take changes that no longer wait off the draft; the last one ends the workflow.

    One beside the workflow is in no draft but by an editor's hand; where that one has a day, it would be public then.
    """
    for page_id, all_ours in _by_page(changes).items():
        has_a_day = page_revisions.fresh(page_id).scheduled_revision is not None
        ours = [(change, one) for change, one in all_ours if has_a_day or change.revision_id]
        if not ours:
            continue
        with kept_up(page_id):
            _take_off(page_id, ours, by=by)
        state = _our_state(page_id)
        if state is not None and not _in_it(page_id).exists():
            state.cancel(user=by)


def _take_off(page_id: int, ours: Iterable[tuple[ChangeRequest, Asked]], *, by: AbstractBaseUser | None) -> None:
    said = [(one, change.after, change.before) for change, one in ours]
    page_revisions.take_from_draft(page_id, said, by=by)


@contextmanager
def kept_up(page_id: int) -> Iterator[None]:
    """Within it a page may get a new revision on top; what waited in the one before waits in the new one."""
    before = _top(page_id)
    yield
    after = _top(page_id)
    if before and after != before:
        _in_it(page_id).filter(revision=before).update(revision=after)


def _top(page_id: int) -> int | None:
    return Page.objects.filter(pk=page_id).values_list("latest_revision", flat=True).first()


def finish(page_id: int, *, by: User) -> None:
    """End the workflow of a page as approved where nothing waits in it any more; what was decided is public already."""
    state = _our_state(page_id)
    if state is None or _in_it(page_id).exists():
        return
    task = state.current_task_state
    if task is not None and task.status == TaskState.STATUS_IN_PROGRESS:
        task.specific.approve(user=by, update=False)
    state.status = WorkflowState.STATUS_APPROVED
    state.save()
    workflow_approved.send(sender=WorkflowState, instance=state, user=by)


def _is_free(page: ShopPage, state: WorkflowState | None) -> bool:
    if not page.live or page.alias_of_id or is_held(page):
        return False
    if state is not None and (not is_ours(state) or state.status != WorkflowState.STATUS_IN_PROGRESS):
        return False
    draft = page_revisions.draft_of(page)
    return draft is None or (state is not None and _in_it(page.pk).filter(revision=draft).exists())


def _in_it(page_id: int):
    """What waits on a page within the workflow."""
    return ChangeRequest.objects.filter(page=page_id, state=ChangeState.WAITING, revision__isnull=False)


def _beside_it(page_id: int):
    """What waits on a page in the officers' list alone."""
    return ChangeRequest.objects.filter(page=page_id, state=ChangeState.WAITING, revision__isnull=True)


def _our_state(page_id: int) -> WorkflowState | None:
    page = Page.objects.filter(pk=page_id).first()
    state = page and page_revisions.workflow_state(page)
    return state if state and is_ours(state) else None


def _by_page(changes: Iterable[ChangeRequest]) -> dict[int, list[tuple[ChangeRequest, Asked]]]:
    pages = defaultdict(list)
    for change in changes:
        one = asked(change.field, change.language or None)
        if change.page_id and one:
            pages[change.page_id].append((change, one))
    return pages


def let_others_follow(page_id: int, one: Asked, *, by: User | None) -> None:
    """Give the other languages what is the same in all of them: everything but words.

    One that is locked, put down to be published on a day, or cannot be published as it is, stays behind: the page's own
    change holds, and whoever opens the other in the admin is told what it does not say.
    """
    page = page_revisions.fresh(page_id)
    for other in ShopPage.objects.filter(shop=page.shop_id, alias_of=None).exclude(pk=page_id).specific():
        value = page_revisions.for_other(page, other, one)
        if value is None or value == page_values.read(other, one):
            continue
        try:
            if is_held(other):
                raise PageIsHeld
            with transaction.atomic(), kept_up(other.pk):
                page_revisions.tell(other.pk, [(one, value)], by=by)
        except (PageIsHeld, ValidationError, NotReady) as refused:
            # Not the messages, which may quote what the page says.
            logger.error(
                "Page %s does not follow page %s in %s: %s", other.pk, page_id, one.name, type(refused).__name__
            )


# What Wagtail tells.


def on_page_published(sender: type[Page], instance: Page, revision: Revision | None = None, **kwargs) -> None:
    """What a page says publicly no longer waits, whoever published it and how: also on a day that was set before.

    Wagtail says that a page is published, too, where one that is not public is put down for a day.
    """
    if not isinstance(instance, ShopPage) or not instance.live:
        return
    if ChangeRequest.objects.waiting().filter(page=instance.pk).exists():
        with transaction.atomic():
            locked(instance.shop_id)
            approval = revision and approval_of(revision)
            _settle(instance, (approval and approval.finished_by) or (revision and revision.user))
            if approval is not None and _was_approved(approval.workflow_state):
                _settle_what_was_rewritten(instance, approval)
        _enter_once_all_is_saved(instance.pk)


def _enter_once_all_is_saved(page_id: int) -> None:
    """Let what waits beside the workflow enter it where the page has become free for it.

    Not before: Wagtail goes on to end every workflow of a page that it publishes.
    """
    waits = ChangeRequest.objects.waiting().filter(page=page_id)
    if transaction.get_connection().in_atomic_block and waits.exists():
        transaction.on_commit(partial(_enter_what_waits, page_id), robust=True)


@transaction.atomic
def _enter_what_waits(page_id: int) -> None:
    page = ShopPage.objects.filter(pk=page_id).first()
    if page is not None:
        locked(page.shop_id)
        if _our_state(page_id) is None and page_revisions.draft_of(page_revisions.fresh(page_id)) is None:
            # Approved for a day that was taken back, and left out of what was published instead.
            _in_it(page_id).update(revision=None)
        for change in _beside_it(page_id).select_related("made_by").order_by("made_at", "pk"):
            enter([change], by=change.made_by)


def _settle(page: ShopPage, by: User | None) -> None:
    now_public = page_revisions.fresh(page.pk)
    for change in ChangeRequest.objects.select_for_update().waiting().filter(page=page.pk):
        one = asked(change.field, change.language or None)
        if one and page_values.read(now_public, one) == change.after:
            # Whoever wished it has not decided on it: who pressed a button beside the workflow is in Wagtail's log.
            mark_live(change, by=by if by and by.pk != change.made_by_id else None)
            let_others_follow(page.pk, one, by=change.made_by)


def _settle_what_was_rewritten(page: ShopPage, approval: TaskState) -> None:
    """What the editors rewrote before they approved it is public in their words; what they took out was refused."""
    now_public, by = page_revisions.fresh(page.pk), approval.finished_by
    # What was wished since is about another revision.
    for change in _in_it(page.pk).filter(made_at__lte=approval.finished_at).select_for_update():
        one = asked(change.field, change.language or None)
        said = page_values.read(now_public, one) if one else change.before
        if said == change.before:
            mark_rejected(change, by=by, reason=approval.comment or _("The ward has left it as it was."))
        else:
            change.after, change.reason = said, _("The ward has put it in other words.")
            change.save(update_fields=["after", "reason"])
            mark_live(change, by=by)
            if one:
                let_others_follow(page.pk, one, by=by)


def mark_live(change: ChangeRequest, *, by: User | None) -> None:
    change.state, change.decided_by = ChangeState.LIVE, by
    change.decided_at = change.live_since = timezone.now()
    change.save(update_fields=["state", "decided_by", "decided_at", "live_since"])


def on_workflow_rejected(sender: type, instance: WorkflowState, user: User | None = None, **kwargs) -> None:
    """A refusal in Wagtail's admin: the shop reads why, and the draft is the page's own again."""
    page = _page_of(instance)
    if page is None or not is_ours(instance):
        return
    with transaction.atomic():
        locked(page.shop_id)
        changes = list(_in_it(page.pk).select_for_update())
        for change in changes:
            mark_rejected(change, by=user, reason=instance.current_task_state.comment)
        _take_off(page.pk, _by_page(changes).get(page.pk, []), by=user)
        instance.cancel(user=user)


def on_workflow_cancelled(sender: type, instance: WorkflowState, user: User | None = None, **kwargs) -> None:
    """Without the workflow the wishes go on waiting in the officers' list; the draft is the page's own again.

    Where a page that is not public is put down for a day, Wagtail saves the draft as the page's row, and cancels: what
    the editor has put down stays in that draft.
    """
    page = _page_of(instance)
    if page is None or not is_ours(instance):
        return
    with transaction.atomic():
        locked(page.shop_id)
        changes = list(_in_it(page.pk).select_for_update())
        ours, now = _by_page(changes).get(page.pk, []), page_revisions.fresh(page.pk)
        if not now.live and now.scheduled_revision is not None:
            ours = [(change, one) for change, one in ours if page_values.read(now, one) != change.after]
        _take_off(page.pk, ours, by=user)
        ChangeRequest.objects.filter(pk__in=[change.pk for change in changes]).update(revision=None)


def mark_rejected(change: ChangeRequest, *, by: User | None, reason: str) -> None:
    change.state, change.decided_by, change.decided_at = ChangeState.REJECTED, by, timezone.now()
    change.reason = reason.strip()[: ChangeRequest._meta.get_field("reason").max_length]
    change.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def _page_of(state: WorkflowState) -> ShopPage | None:
    page = state.content_object
    found = page.specific if isinstance(page, Page) else None
    return found if isinstance(found, ShopPage) else None
