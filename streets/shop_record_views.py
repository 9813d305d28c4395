"""Wagtail's screens of one record, opened to whoever has the right over its very shop.

Wagtail itself asks for the right over all records of a kind and leaves the single one to the list's buttons.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.snippets.views.snippets import DeleteView, EditView, HistoryView, SnippetViewSet, UsageView


class OfOneShop:
    """For views of a record: asks the record's permission policy about this very record."""

    action_on_record: ClassVar[str] = "change"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.permission_policy.user_has_permission_for_instance(
            request.user, self.action_on_record, self.object
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RecordEditView(OfOneShop, EditView):
    pass


class RecordDeleteView(OfOneShop, DeleteView):
    action_on_record = "delete"


class RecordHistoryView(OfOneShop, HistoryView):
    pass


class RecordUsageView(OfOneShop, UsageView):
    pass


class ShopRecordViewSet(SnippetViewSet):
    """The base of what hangs on a shop; the model has a `ShopRecordPolicy`."""

    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    history_view_class = RecordHistoryView
    usage_view_class = RecordUsageView
    copy_view_enabled = False
