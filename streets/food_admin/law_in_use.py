"""Decrees, clauses and points of the self-check stay while something that was decided or said rests on them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import DeleteView

from streets.models import ExemptionClause, FoodDecree, SelfCheck, SelfCheckPoint


def is_in_use(record: FoodDecree | ExemptionClause | SelfCheckPoint) -> bool:
    """Say whether a decision on a legal route, a clause or a self-check names this record."""
    if isinstance(record, SelfCheckPoint):
        return SelfCheck.objects.filter(points=record).exists()
    has_clauses = isinstance(record, FoodDecree) and record.clauses.exists()
    return has_clauses or record.legal_routes.exists()


class LawPolicy(ModelPermissionPolicy):
    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return super().user_has_permission_for_instance(user, action, instance) and not (
            action == "delete" and is_in_use(instance)
        )


class LawDeleteView(DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.user_has_permission("delete") and is_in_use(self.object):
            messages.error(request, _("“%(record)s” stays: decisions or checks rest on it.") % {"record": self.object})
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)
