"""Editing a shop's page in the admin while its own people change it: nobody's words are overwritten unseen.

Wagtail warns of another editor who has the page open, and keeps its automatic saving from overwriting; a press of the
button overwrites all the same. Here what the editor left alone is left to whoever changed it meanwhile; where both
wrote, the editor reads what the other wrote, and puts the own words in its place by pressing again.
"""

import re
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.blocks.stream_block import StreamValue

from streets.descriptions import description
from wardmark.base.publishing import PublishGateForm

# What the rich text editor adds to what it was given.
_KEYS = re.compile(r" data-block-key=\\?\"[^\"]*\\?\"")
_LONGEST_SHOWN = 300
# A press of the button on a page that was saved by itself: the revision of its own that it would write over.
_OWN, _LOADED = "overwrite_revision_id", "loaded_revision_id"
_PUBLISHES = "action-publish"


class ShopPageForm(PublishGateForm):
    """Compares three states of each field: as the form was opened, as it is now, as the editor wants it."""

    def clean(self):
        cleaned = super().clean()
        opened = self._opened()
        if opened is not None:
            self._settle(opened, cleaned)
        return cleaned

    def _rows_are_ready(self):
        return super()._rows_are_ready() and not self._is_barred()

    def _is_barred(self) -> bool:
        """Say whether the page must not be published as it is sent, its further photos too; the form then says why."""
        if _PUBLISHES not in self.data:
            return False
        # Not at the top: what is wished for pages stands on their model, which has this form.
        from streets.changes.publishing import bars

        if rows := self.formsets.get("gallery"):
            # On the page before it is asked, in memory alone; saving does it once more.
            rows.save(commit=False)
        reasons = bars(self.instance, self.for_user)
        for reason in reasons:
            self.add_error(None, reason)
        return bool(reasons)

    def _opened(self) -> models.Model | None:
        """Return the page as the form was opened on it; None where nothing is newer, or nobody can tell."""
        number = str(self.data.get(_OWN) or self.data.get(_LOADED) or "")
        if not number.isascii() or not number.isdigit() or not self.instance.pk:
            return None
        if int(number) == self.instance.latest_revision_id:
            return None
        revision = self.instance.revisions.filter(pk=int(number[:18])).first()
        return revision and revision.as_object()

    def _settle(self, opened: models.Model, cleaned: dict[str, Any]) -> None:
        untouched, conflicts = [], []
        for name in self._names():
            was, now_is, wanted = getattr(opened, name), getattr(self.instance, name), cleaned.get(name)
            if name not in cleaned or _plain(was) == _plain(now_is) or _plain(wanted) == _plain(now_is):
                continue
            (untouched if _plain(wanted) == _plain(was) else conflicts).append((name, now_is))
        gallery = self._gallery(opened)
        if not conflicts and not gallery:
            for name, now_is in untouched:
                cleaned[name] = now_is
            return
        # The form is shown again as it was sent: pressed once more, all of it counts as the editor's own.
        for name, now_is in [*conflicts, *untouched]:
            self.add_error(name, complaint(_shown(now_is)))
        if gallery:
            self.add_error(None, _("The photos: %(complaint)s") % {"complaint": complaint(gallery)})

    def _names(self) -> list[str]:
        fields = {field.name for field in self.instance._meta.get_fields() if field.concrete}
        return [name for name in self.fields if name in fields]

    def _gallery(self, opened: Any) -> str:
        """Return what the further photos show now, where others changed them; rows are not put together by guess."""
        was = [(row.picture_id, row.alt) for row in opened.gallery.all()]
        newest = type(self.instance).objects.get(pk=self.instance.pk).get_latest_revision_as_object()
        now_is = [(row.picture_id, row.alt) for row in newest.gallery.all()]
        if was == now_is or "gallery" not in self.formsets:
            return ""
        return ", ".join(alt for _picture, alt in now_is) or pgettext("photos", "none")


def complaint(now_is: str) -> str:
    return _(
        "Somebody else changed this after you had opened the page; now it is “%(now)s”. Save once more to put your "
        "version in its place."
    ) % {"now": now_is}


def _plain(value: Any) -> Any:
    if isinstance(value, StreamValue):
        return [_KEYS.sub("", repr((row["type"], row["value"]))) for row in value.get_prep_value()]
    if isinstance(value, models.Model):
        return value.pk
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _shown(value: Any) -> str:
    said = description(value) if isinstance(value, StreamValue) else value
    return Truncator(str("" if said is None else said)).chars(_LONGEST_SHOWN) or "–"


def keep_newer_revision(request: HttpRequest, page: Any) -> None:
    """Let a page that was saved by itself be saved beside a newer revision, where Wagtail would only refuse to.

    A hook before the page is edited: what the form then finds newer, it settles.
    """
    own = request.POST.get(_OWN, "")
    if request.method == "POST" and own and own != str(page.latest_revision_id):
        sent = request.POST.copy()
        sent[_LOADED] = sent.pop(_OWN)[-1]
        request.POST = sent
