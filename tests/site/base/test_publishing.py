"""The gate before publishing, by every way that passes no form of ours. A heritage site stands for any such page."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from tests.factories import HeritageIndexPageFactory, HeritageSitePageFactory
from wardmark.base.publishing import NotReady

pytestmark = pytest.mark.django_db


@pytest.fixture
def unready(heritage):
    """A draft that nobody may publish yet."""
    page = HeritageSitePageFactory(parent=heritage, title="Đình chưa viết", live=False, summary="")
    page.save_revision()
    return page


def test_a_revision_is_not_published_by_a_program(unready):
    with pytest.raises(NotReady) as refused:
        unready.get_latest_revision().publish()
    assert list(refused.value.hindrances) == ["summary"]
    unready.refresh_from_db()
    assert not unready.live


def test_publishing_in_bulk_holds_all_of_them_and_says_which_is_not_ready(editor_client, heritage, unready):
    ready = HeritageSitePageFactory(parent=heritage, live=False)
    ready.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = editor_client.post(f"{bulk}?id={ready.pk}&id={unready.pk}", {"include_descendants": ""})
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[unready.pk])
    assert "Đình chưa viết" in editor_client.get(answer.url).content.decode()
    for page in (ready, unready):
        page.refresh_from_db()
        assert not page.live


def test_the_last_step_of_a_workflow_holds_it(editor_client, editor, unready):
    task = GroupApprovalTask.objects.create(name="Duyệt")
    task.groups.set(editor.groups.all())
    workflow = Workflow.objects.create(name="Duyệt bài")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(unready, editor)
    step = reverse("wagtailadmin_pages:workflow_action", args=[unready.pk, "approve", state.current_task_state.pk])
    assert editor_client.post(step).status_code == 302
    unready.refresh_from_db()
    assert not unready.live


def test_a_later_day_is_refused_at_once(unready):
    unready.go_live_at = timezone.now() + timedelta(days=1)
    revision = unready.save_revision()
    with pytest.raises(NotReady):
        revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_on_its_day_a_page_that_is_no_longer_ready_keeps_no_other_from_going_out(heritage, unready, caplog):
    day = timezone.now() + timedelta(days=1)
    other = HeritageSitePageFactory(parent=heritage, live=False)
    for page in (unready, other):
        page.go_live_at = day
        revision = page.save_revision()
        # As one that was put down for this day before the rule was made.
        revision.approved_go_live_at = day
        revision.save()
    with time_machine.travel(day + timedelta(hours=1)):
        call_command("publish_scheduled")
    for page in (unready, other):
        page.refresh_from_db()
    assert other.live
    assert not unready.live
    assert not unready.scheduled_revision
    assert "Đình chưa viết" in caplog.text


def test_a_translation_is_held_like_any_page(heritage, unready, editor_client, django_capture_on_commit_callbacks):
    unready.summary = "Ngôi đình."
    unready.save_revision().publish()
    source, _created = TranslationSource.update_or_create_from_instance(unready)
    translation = Translation.objects.create(
        source=source, target_locale=heritage.get_translations().get().locale, enabled=True
    )
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    target.summary = "word " * 61
    with pytest.raises(NotReady):
        target.save_revision().publish()


@pytest.fixture
def translated(heritage):
    """A published site whose English translation has become too long to publish."""
    page = HeritageSitePageFactory(parent=heritage, summary="Ngôi đình.")
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(
        source=source, target_locale=heritage.get_translations().get().locale, enabled=True
    )
    translation.save_target(publish=False)
    segment = StringSegment.objects.get(source=source, context__path="summary")
    StringTranslation.objects.create(
        translation_of=segment.string, locale=translation.target_locale, context=segment.context, data="word " * 61
    )
    return translation


def held_and_told(client, answer, translation) -> None:
    target = translation.get_target_instance()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert not target.live
    assert "61" in " ".join(str(message) for message in client.get(answer.url).context["messages"])


@pytest.mark.django_db(transaction=True)
def test_the_publish_button_beside_a_translation_holds_it_and_says_why(editor_client, translated):
    target = translated.get_target_instance()
    edit = reverse("wagtailadmin_pages:edit", args=[target.pk])
    held_and_told(editor_client, editor_client.post(edit, {"action": "publish"}), translated)


@pytest.mark.django_db(transaction=True)
def test_publishing_while_translations_are_synchronised_holds_it_and_says_why(editor_client, translated):
    sync = reverse("wagtail_localize:update_translations", args=[translated.source_id])
    held_and_told(editor_client, editor_client.post(sync, {"publish_translations": "on"}), translated)


def test_a_page_that_nothing_hinders_is_published_as_ever(ward):
    index = HeritageIndexPageFactory(parent=ward.homes["vi"], live=False)
    index.save_revision().publish()
    index.refresh_from_db()
    assert index.live
