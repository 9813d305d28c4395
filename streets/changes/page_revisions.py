"""Putting a vendor's words on a page, as Wagtail's revisions by the vendor, beside whatever draft stands on it.

An editor's draft is neither published nor lost: what is public gets the change and is published; then the draft is put
on top of it again, with the change in it, unless the draft says something of its own at that very place.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision, WorkflowState
from wagtail.signals import page_published, published

from streets.changes.approvals import hand_on
from streets.changes.classes import Asked
from streets.changes.page_values import read, write
from streets.models import ShopPage
from wardmark.accounts.models import User
from wardmark.base.publishing import NotReady

Said = Sequence[tuple[Asked, Any]]

# What a revision keeps that no reader sees.
_NOT_SAID = {
    *("latest_revision", "latest_revision_created_at", "live_revision", "live", "has_unpublished_changes"),
    *("first_published_at", "last_published_at", "draft_title", "locked", "locked_at", "locked_by", "expired"),
    *("wagtail_admin_comments", "url_path", "numchild", "path", "depth", "go_live_at", "expire_at"),
}


class PublishBesideWorkflow(PublishPageRevisionAction):
    """As Wagtail's own, but a workflow on the page goes on: it is about another revision than this one."""

    def _after_publish(self):
        # Wagtail ends every workflow of a page that is published; all else it does here is done.
        for comment in self.object.wagtail_admin_comments.all().only("position"):
            comment.save(update_fields=["position"])
        told = {"instance": self.object.specific, "revision": self.revision}
        page_published.send(sender=self.object.specific_class, **told)
        published.send(sender=type(self.object), instance=self.object, revision=self.revision)
        self.object.update_aliases(revision=self.revision, _content=self.revision.content)


def fresh(page_id: int) -> ShopPage:
    """Return a page as its row is now, all of its type, with no memory of what was added to it."""
    return ShopPage.objects.get(pk=page_id).specific


def draft_of(page: ShopPage) -> Revision | None:
    """Return the revision that stands on top of what is public, if one does."""
    return page.latest_revision if page.has_unpublished_changes else None


def judged(page: ShopPage, said: Said) -> ShopPage:
    """Return the page as it would be, judged by its own rules. Raises ValidationError by the names of the fields."""
    errors: dict[str, Any] = {}
    for asked, value in said:
        try:
            write(page, asked, value)
        except ValidationError as refused:
            errors[asked.said] = refused.error_list
    try:
        page.full_clean()
    except ValidationError as refused:
        for name, complaints in _by_name(refused, said).error_dict.items():
            # What could not even be read has been said already.
            errors.setdefault(name, complaints)
    if errors:
        raise ValidationError(errors)
    return page


def _by_name(refused: ValidationError, said: Said) -> ValidationError:
    names = {cover.rsplit(".", 1)[1]: asked.said for asked, _value in said for cover in asked.field.covers}
    errors: dict[str, list[ValidationError]] = {}
    for field, complaints in refused.update_error_dict({}).items():
        errors.setdefault(names.get(field, "__all__"), []).extend(complaints)
    return ValidationError(errors)


def tell(page_id: int, said: Said, *, by: User | None) -> Revision:
    """Make a page say it: publicly where the page is public, else in its draft. Return the vendor's revision.

    Raises ValidationError or NotReady, with nothing changed if the caller is in a transaction.
    """
    page = fresh(page_id)
    if not page.live:
        return _tell_draft(page, said, by=by)
    draft = draft_of(page)
    drafted = draft.as_object() if draft else None
    overwritten = {(asked.name, asked.language): read(page, asked) for asked, _value in said}
    judged(page, said)
    hindrances = page.what_hinders_publishing()
    if hindrances:
        raise NotReady(page, hindrances)
    revision = page.save_revision(user=by, log_action=True, clean=False)
    PublishBesideWorkflow(revision, user=by).execute(skip_permission_checks=True)
    if drafted is not None:
        _put_on_top(page_id, drafted, said, overwritten, author=draft.user)
    return revision


def _tell_draft(page: ShopPage, said: Said, *, by: User | None) -> Revision:
    drafted = page.get_latest_revision_as_object()
    judged(drafted, said)
    # The row of a page that is not public holds its draft, as the admin's own form keeps it.
    drafted.save()
    return drafted.save_revision(user=by, log_action=True, clean=False)


def _put_on_top(page_id: int, drafted: ShopPage, said: Said, overwritten: dict, *, author: User | None) -> None:
    for asked, value in said:
        if read(drafted, asked) == overwritten[asked.name, asked.language]:
            write(drafted, asked, value)
    _save_on_top(page_id, drafted, author=author)


def _save_on_top(page_id: int, drafted: ShopPage, *, author: User | None) -> Revision:
    """Save a draft as the newest revision of a page, or none where it says what is public."""
    page = fresh(page_id)
    for name in ("live", "live_revision", "first_published_at", "last_published_at"):
        setattr(drafted, name, getattr(page, name))
    if not page.live:
        # Its row holds its draft, as the admin's own form keeps it.
        drafted.save(clean=False)
    says_more = not page.live or _content(drafted) != _content(page)
    top = drafted if says_more else page
    # What an editor has left unfinished is not judged here.
    revision = top.save_revision(user=author, changed=says_more, clean=False)
    if not says_more and top.has_unpublished_changes:
        top.has_unpublished_changes = False
        top.save(update_fields=["has_unpublished_changes"], clean=False)
    follow_with_workflow(top, revision)
    return revision


def _content(page: ShopPage) -> dict[str, Any]:
    return {name: value for name, value in page.serializable_data().items() if name not in _NOT_SAID}


def follow_with_workflow(page: ShopPage, revision: Revision) -> None:
    """Let the step that a page's workflow has come to be about the newest revision, as the moderators' view shows."""
    state = workflow_state(page)
    task = state.current_task_state if state else None
    if task is not None and task.status == task.STATUS_IN_PROGRESS:
        task.revision = revision
        task.save(update_fields=["revision"])


def workflow_state(page: ShopPage) -> WorkflowState | None:
    return WorkflowState.objects.for_instance(page).active().select_related("current_task_state").first()


def draft_with(page_id: int, said: Said, *, by: User | None) -> Revision:
    """Put a draft with these words on top of a page, and leave what is public as it is."""
    page = fresh(page_id)
    drafted = page.get_latest_revision_as_object()
    for asked, value in said:
        write(drafted, asked, value)
    revision = drafted.save_revision(user=by, log_action=True, clean=False)
    follow_with_workflow(page, revision)
    return revision


def take_from_draft(page_id: int, said: Iterable[tuple[Asked, Any, Any]], *, by: User | None) -> None:
    """Take words off the draft of a page again, where it still has them: what is public stands in their place.

    The row of a page that is not public may have them too: then it is what was there before, given behind them.
    A draft that is put down to be published on a day keeps its day without them, if it says anything else.
    """
    page = fresh(page_id)
    draft = draft_of(page)
    if draft is None:
        return
    drafted = draft.as_object()
    taken = [(asked, value, before) for asked, value, before in said if read(drafted, asked) == value]
    for asked, value, before in taken:
        now_is = read(page, asked)
        if page.live or now_is != value:
            write(drafted, asked, now_is)
        else:
            _put_back(drafted, asked, before)
    if taken:
        has_a_day = draft.approved_go_live_at is not None
        # On its day it is asked whose the words are: its author's still, not those of whoever made it shorter.
        top = _save_on_top(page_id, drafted, author=draft.user if has_a_day else by)
        if has_a_day:
            _give_day(draft, top, by=by)


def _put_back(drafted: ShopPage, asked: Asked, before: Any) -> None:
    try:
        write(drafted, asked, before)
    except ValidationError:
        # What it named, such as a photo, is gone.
        write(drafted, asked, [] if asked.field.name == "photos" else "")


def _give_day(draft: Revision, top: Revision, *, by: User | None) -> None:
    """Let the newest revision be published on the day of the one before, where it is a draft itself."""
    says_more = draft_of(fresh(int(top.object_id))) == top
    day, draft.approved_go_live_at = draft.approved_go_live_at, None
    # Wagtail's log says that the day of this one is over.
    draft.save(user=by, update_fields=["approved_go_live_at"])
    if says_more:
        top.approved_go_live_at = day
        top.save(update_fields=["approved_go_live_at"])
        hand_on(draft, top)


def for_other(page: ShopPage, other: ShopPage, asked: Asked) -> Any:
    """Return what another language's page is to say of a field; None where it goes its own way."""
    value = read(page, asked)
    if asked.field.name == "photos":
        words = {row["picture"]: row["alt"] for row in read(other, asked)}
        return [row | {"alt": words.get(row["picture"], row["alt"])} for row in value]
    return None if asked.field.in_languages else value
