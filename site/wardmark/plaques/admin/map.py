"""All plaques on the ward's own drawing, told apart by state."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wardmark.base.ward_map import Marker
from wardmark.plaques.admin.access import MaySeePlaques
from wardmark.plaques.models import Plaque, PlaqueState
from wardmark.plaques.plaque_map import Box, PlaqueMap


class StatesForm(forms.Form):
    state = forms.MultipleChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=PlaqueState.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class PlaqueMapView(MaySeePlaques, WagtailAdminTemplateMixin, TemplateView):
    """A map without tiles: nothing is asked of anybody else.

    `?state=` chooses, none chosen being all but the retired; `?box=` shows a part of the map from nearer.
    """

    template_name = "plaques/admin/map.html"
    page_title = gettext_lazy("Map of the plaques")
    header_icon = "site"

    @cached_property
    def states(self) -> list[str]:
        form = StatesForm(self.request.GET)
        chosen = form.cleaned_data["state"] if form.is_valid() else []
        return chosen or [state for state in PlaqueState.values if state != PlaqueState.RETIRED]

    @cached_property
    def box(self) -> Box | None:
        return Box.read(self.request.GET.get("box", ""))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("plaque:index"), "label": _("Plaques")},
            {"url": "", "label": _("Map of the plaques")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        plaques = Plaque.objects.filter(state__in=self.states, page_key__isnull=False).order_by("pk")
        plaque_map = PlaqueMap.of(plaques, within=self.box)
        context |= {
            "form": StatesForm({"state": self.states}),
            "map": plaque_map,
            "drawing": plaque_map.drawing,
            "links": [(marker, self._address(marker)) for marker in plaque_map.markers],
            "is_part": self.box is not None,
            "whole_url": self._here(),
            "listing_url": f"{reverse('plaque:index')}?{urlencode({'state': self.states}, doseq=True)}",
        }
        return context

    def _address(self, marker: Marker) -> str:
        spot = marker.page
        if not spot.is_many:
            return reverse("plaque:edit", args=[spot.plaques[0].pk])
        if spot.box.is_tiny:
            # No nearer look would tell them apart.
            return f"{reverse('plaque:index')}?{urlencode({'q': spot.at[0].name})}"
        return self._here(box=spot.box.as_text)

    def _here(self, **more: str) -> str:
        return f"{reverse('plaque:map')}?{urlencode({'state': self.states, **more}, doseq=True)}"
