"""What may be done to many plaques at once from their listing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from wardmark.plaques.admin.listing import PlaqueListing
from wardmark.plaques.lifecycle import NotPossible, install
from wardmark.plaques.models import Plaque, PlaqueState
from wardmark.plaques.print_sheets.forms import ChoosePlaquesForm
from wardmark.plaques.print_sheets.views import may_print, order_screen
from wardmark.plaques.rights import those_open_to


class PlaqueBulkAction(BulkAction):
    """An action on the plaques chosen; those whose page this person may not edit are named and left alone."""

    @classproperty
    def models(cls) -> list[type[Plaque]]:  # noqa: N805 - a property of the class
        return [Plaque]

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> QuerySet:
        """“All in the listing” are those that the search and the filters of the listing leave."""
        listing = PlaqueListing(model=Plaque, index_results_url_name="plaque:index_results")
        listing.setup(self.request)
        return listing.get_queryset().values_list("pk", flat=True)

    def get_actionable_objects(self) -> tuple[list[Plaque], dict[str, list[Plaque]]]:
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            ids = list(self.get_all_objects_in_listing_query(None))
        plaques = list(Plaque.objects.filter(pk__in=[pk for pk in ids if str(pk).isdigit()]).order_by("pk"))
        open_to = those_open_to(self.request.user, plaques)
        return (
            [plaque for plaque in plaques if plaque.pk in open_to],
            {"items_with_no_access": [plaque for plaque in plaques if plaque.pk not in open_to]},
        )


class PrintBulkAction(PlaqueBulkAction):
    """Shows the form of print sheets, with the plaques chosen; there is nothing to confirm here.

    Not by a redirect: “all in the listing” may be thousands, of which no address holds the ids.
    """

    display_name = _("Print")
    action_type = "print"
    aria_label = _("Print the chosen plaques")
    action_priority = 10

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_print(request.user):
            raise PermissionDenied
        chosen, left_out = self.get_actionable_objects()
        if foreign := left_out["items_with_no_access"]:
            messages.warning(
                request,
                ngettext(
                    "%(count)d plaque was left out: you may not edit its page.",
                    "%(count)d plaques were left out: you may not edit their pages.",
                    len(foreign),
                )
                % {"count": len(foreign)},
            )
        if not chosen:
            return redirect(self.next_url)
        return order_screen(request, ChoosePlaquesForm(user=request.user, plaques=[str(one.pk) for one in chosen]))

    post = get


class InstalledTodayBulkAction(PlaqueBulkAction):
    """For the evening after the screws were turned. Plaques that hang already, or cannot, are passed over."""

    display_name = _("Installed today")
    action_type = "installed_today"
    aria_label = _("Note that the chosen plaques hang since today")
    template_name = "plaques/admin/bulk_installed.html"
    action_priority = 20

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        plaques = [item["item"] for item in context["items"]]
        context["can_hang"] = [plaque for plaque in plaques if _can_hang(plaque)]
        context["cannot_hang"] = [plaque for plaque in plaques if not _can_hang(plaque)]
        return context

    def get_execution_context(self) -> dict[str, Any]:
        return {"by": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[Plaque], by: Any = None, **kwargs: Any) -> tuple[int, int]:
        done = 0
        for plaque in objects:
            if not _can_hang(plaque):
                continue
            try:
                install(plaque=plaque, by=by)
            except NotPossible:
                # Somebody changed it since the list was shown.
                continue
            done += 1
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(count)d plaque hangs since today.", "%(count)d plaques hang since today.", num_parent_objects
        ) % {"count": num_parent_objects}


def _can_hang(plaque: Plaque) -> bool:
    # One that is lost, damaged or retired is put back one by one, with a word on why.
    return not plaque.is_blank and plaque.state in {PlaqueState.PLANNED, PlaqueState.PRINTED}
