"""Holding back a page that is not ready for visitors, whichever way somebody tries to publish it.

A draft may be saved half written. Wagtail checks required fields when its own form publishes; it has no word for a
rule over several fields, and publishing in bulk, by workflow, on a day or from a translation passes no form at all.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

logger = logging.getLogger("wardmark.publishing")

Hindrances = Mapping[str, list[str]]
# The log action by which Wagtail's publish_scheduled says that the day has come.
ON_ITS_DAY = "wagtail.publish.scheduled"


class NotReady(Exception):
    """This page must not be published yet; the messages say why, field by field.

    No ValidationError: wagtail-localize would take it for a broken translation and keep the reasons to itself.
    """

    def __init__(self, page: Page, hindrances: Hindrances):
        self.page = page
        self.hindrances = {name: list(reasons) for name, reasons in hindrances.items()}
        super().__init__(" ".join(self.messages))

    @property
    def messages(self) -> list[str]:
        return [reason for reasons in self.hindrances.values() for reason in reasons]


class PublishGateForm(WagtailAdminPageForm):
    """Shows beside its fields what hinders publishing; saving a draft asks for nothing."""

    def is_valid(self):
        # The rows below a page are judged once they and the page are valid in themselves.
        return super().is_valid() and (self.is_deferred_validation or self._rows_are_ready())

    def _rows_are_ready(self) -> bool:
        for name, rows in self.formsets.items():
            gone = rows.deleted_forms
            kept = [row for row in rows.forms if row not in gone and (row.instance.pk or row.has_changed())]
            for instance, field, reason in self.instance.what_hinders_rows(name, [row.instance for row in kept]):
                next(row for row in kept if row.instance is instance).add_error(field, reason)
        return all(row.is_valid() for rows in self.formsets.values() for row in rows.forms)

    def _post_clean(self):
        super()._post_clean()
        if self.is_deferred_validation:
            return
        for name, reasons in self.instance.what_hinders_publishing().items():
            # A field that is already refused, such as a story whose block says it itself, says it once.
            if name in self.fields and not self.has_error(name):
                self.add_error(name, reasons)


class PublishGate(models.Model):
    """A page that is published only when nothing hinders it. Put it before the page's own class."""

    base_form_class = PublishGateForm

    class Meta:
        abstract = True

    def what_hinders_publishing(self) -> Hindrances:
        """Return, for each field, what must be mended first; empty when the page may go to visitors."""
        return {}

    def what_hinders_publishing_by(self, user: Any) -> Hindrances:
        """Return what hinders publishing, and with it what hinders this very person; None for the site itself."""
        return self.what_hinders_publishing()

    def what_hinders_rows(self, name: str, rows: list[models.Model]) -> Iterable[tuple[models.Model, str, str]]:
        """Yield what must be mended in the rows of a child relation: the row, its field, the reason."""
        return ()

    def publish(self, revision, user=None, *args, log_action=True, **kwargs):
        """As Wagtail's own, for a revision that nothing hinders; also asked when it is put down for a later day.

        Raises NotReady. On the day itself nobody is there to be told: the revision stays a draft, the log says why,
        and the pages that come after it are published.
        """
        page = revision.as_object()
        hindrances = page.what_hinders_publishing_by(user)
        if not hindrances:
            return super().publish(revision, user, *args, log_action=log_action, **kwargs)
        refused = NotReady(page, hindrances)
        if log_action != ON_ITS_DAY:
            raise refused
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        logger.error("%s (page %s) is not published: %s", page.title, page.pk, " ".join(refused.messages))
        return None


class NotReadyMiddleware:
    """Tells an editor whose page was held back outside its form, and leads to the form."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotReady):
            return None
        said = {"title": exception.page.title, "reasons": " ".join(exception.messages)}
        messages.error(request, _("“%(title)s” was not published. %(reasons)s") % said)
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[exception.page.pk]))
