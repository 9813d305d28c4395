"""What the people of a shop wished to change: what became of each wish, and why."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Revision

from streets.changes.reason_form import LONGEST_REASON, ReasonForm
from streets.models.members import ShopMember
from streets.models.shops import Shop

# So long the people of a shop may take back what became public at once.
UNDO_FOR = timedelta(days=30)


class ChangeState(models.TextChoices):
    WAITING = "waiting", _("Waits for the ward")
    LIVE = "live", _("Public")
    REJECTED = "rejected", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNDONE = "undone", _("Taken back")
    SUPERSEDED = "superseded", _("Replaced by a newer one")


class ChangeWeight(models.TextChoices):
    """The classes of `streets.changes.classes` that leave a request."""

    LIVE = "live", _("At once")
    SAMPLED = "sampled", _("At once, looked over afterwards")
    BEFORE = "before", _("After the ward has agreed")


class ChangeRequestQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """What waits for an officer, the oldest first."""
        return self.filter(state=ChangeState.WAITING).order_by("made_at", "pk")

    def waiting_of(self, shop: Shop) -> Self:
        return self.waiting().filter(shop=shop)

    def history_of(self, shop: Shop) -> Self:
        """All that was wished for a shop, the newest first, with the people named."""
        return self.filter(shop=shop).select_related("made_by", "decided_by").order_by("-made_at", "-pk")

    def rejected_unread_of(self, shop: Shop) -> Self:
        """What was not accepted and nobody of the shop has read yet, the newest first."""
        return self.filter(shop=shop, state=ChangeState.REJECTED, read_at=None).order_by("-decided_at", "-pk")

    def to_look_over(self) -> Self:
        """What became public at once and was drawn for an officer to look at afterwards, the oldest first."""
        return self.filter(state=ChangeState.LIVE, is_drawn=True, looked_over_at=None).order_by("made_at", "pk")

    def rejected_since(self, shop: Shop, since: datetime) -> Self:
        return self.filter(shop=shop, state=ChangeState.REJECTED, decided_at__gte=since)

    def of_field(self, shop: Shop, field: str, language: str = "") -> Self:
        return self.filter(shop=shop, field=field, language=language)

    def marked_read(self, *, now: datetime) -> int:
        """Note that the people of the shop have read why; return of how many."""
        return self.filter(read_at=None).update(read_at=now)


class ChangeRequest(models.Model):
    """One field that somebody of a shop wished to change from one value to another.

    `before` and `after` are in the field's own JSON form, as `streets.changes` reads and writes it. Public changes and
    waiting ones alike: what the vendor sees as history is these rows.
    """

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="change_requests")
    field = models.CharField(_("field"), max_length=80, editable=False)
    language = models.CharField(_("language"), max_length=12, blank=True, editable=False)
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder, editable=False)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder, editable=False)
    change_class = models.CharField(_("class"), max_length=10, choices=ChangeWeight.choices, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=ChangeState.choices, editable=False)
    # Why it waits although its field need not, in the keys of `streets.changes.routing.Why`.
    why_waiting = models.CharField(_("why it waits"), max_length=20, blank=True, editable=False)

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wished by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    made_at = models.DateTimeField(_("wished on"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    # When it ceased to wait, or was taken back.
    decided_at = models.DateTimeField(_("decided on"), null=True, editable=False)
    live_since = models.DateTimeField(_("public since"), null=True, editable=False)
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON, blank=True, editable=False)
    read_at = models.DateTimeField(_("read by the shop on"), null=True, editable=False)

    is_drawn = models.BooleanField(_("drawn to be looked over"), default=False, editable=False)
    looked_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked over by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    looked_over_at = models.DateTimeField(_("looked over on"), null=True, editable=False)

    # Of what stands on a page: the page, and the revision that carries the change.
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("change by a shop")
        verbose_name_plural = _("changes by shops")
        default_permissions = ("view",)
        permissions = [("decide_changerequest", _("Can decide on changes by shops"))]
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "field", "language"],
                condition=Q(state=ChangeState.WAITING) & ~Q(field="product.new"),
                name="streets_one_waiting_change",
            )
        ]
        indexes = [
            models.Index(fields=["shop", "-made_at"], name="streets_wishes_of_one_shop"),
            models.Index(fields=["state", "made_at"], name="streets_wishes_by_clock"),
        ]

    def __str__(self):
        return f"{self.shop_id} {self.made_at:%Y-%m-%d %H:%M} {self.field_name} {self.state}"

    @property
    def field_name(self) -> str:
        """The field as forms name it, with its language."""
        return f"{self.field}.{self.language}" if self.language else self.field

    @property
    def is_waiting(self) -> bool:
        return self.state == ChangeState.WAITING

    @property
    def undo_until(self) -> datetime | None:
        """Until when the shop's people may take it back; None for what was never public by their own word."""
        if self.state != ChangeState.LIVE or self.live_since is None or self.change_class == ChangeWeight.BEFORE:
            return None
        return self.live_since + UNDO_FOR

    def may_be_undone(self, now: datetime) -> bool:
        return self.undo_until is not None and now < self.undo_until


def of_pages(pages: Iterable[Page]) -> ChangeRequestQuerySet:
    """Return what waits on these pages."""
    return ChangeRequest.objects.waiting().filter(page__in=list(pages))


class VendorChangeTask(AbstractGroupApprovalTask):
    """The step of Wagtail's workflow in which the ward's editors decide on what a shop wished for its page.

    Each member of its groups decides for those shops alone that are theirs to decide on; for the pages of others the
    step gives nobody anything. Whoever asks for changes says why: the people of the shop read it. As in the officers'
    list, nobody approves an own wish, nor any while it is not settled who keeps the shop, nor one of somebody who keeps
    it no longer.
    """

    class Meta:
        verbose_name = _("Decision on a change by a shop")
        verbose_name_plural = _("Decisions on changes by shops")

    def user_can_access_editor(self, obj, user):
        return super().user_can_access_editor(obj, user) and self._may_decide_on(obj, user)

    def locked_for_user(self, obj, user):
        return super().locked_for_user(obj, user) or not self._may_decide_on(obj, user)

    def user_can_lock(self, obj, user):
        return super().user_can_lock(obj, user) and self._may_decide_on(obj, user)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        # Not at the top: who decides is said by what stands on these models.
        from streets.changes.step_rights import states_open_to

        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states if user.is_superuser else states.filter(workflow_state__in=states_open_to(user))

    def _may_decide_on(self, page, user) -> bool:
        from streets.changes.step_rights import may_decide_on

        return user.is_superuser or may_decide_on(user, page)

    def on_action(self, task_state, user, action_name, **kwargs):
        # Wagtail has asked for the page of the address, which need not be the one that this state is about.
        page = task_state.workflow_state.content_object
        if page is None or action_name not in {name for name, *_said in self.get_actions(page, user)}:
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        if not actions or not self._may_decide_on(obj, user):
            return []
        # Approving needs no word; a refusal without one is not offered.
        waiting = of_pages([obj]).filter(revision__isnull=False)
        keeps_it = ShopMember.objects.active().filter(shop=OuterRef("shop"), user=OuterRef("made_by"))
        is_barred = waiting.filter(Q(made_by=user) | Q(shop__disputed_since__isnull=False) | ~Exists(keeps_it)).exists()
        offered = {"reject"} if is_barred else {"approve", "reject"}
        return [action for action in actions if action[0] in offered]

    def get_form_for_action(self, action):
        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups decide on what the people of a shop wished for its page")
