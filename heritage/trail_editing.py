"""The stops of a trail in its editor."""

from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel, PageChooserPanel, Panel
from wagtail.models import Page

from wardmark.base.models import PlacePage


def on_it_already(place: Page) -> str:
    return gettext("“%(title)s” is on this trail already; a place is a stop only once.") % {"title": place.title}


class PlaceChooserPanel(PageChooserPanel):
    """Chooses a place of any kind this site has, whichever app brings it."""

    def get_form_options(self):
        # Only now are all apps loaded.
        self.page_type = PlacePage.kinds()
        return super().get_form_options()


class StopFormSet(BaseChildFormSet):
    """Says what is wrong with stops in words of a trail, beside the stop that is meant."""

    default_error_messages = {
        "too_few_forms": ngettext_lazy(
            "A trail needs at least %(num)d stop.", "A trail needs at least %(num)d stops.", "num"
        ),
        "too_many_forms": ngettext_lazy(
            "A trail has at most %(num)d stop.", "A trail has at most %(num)d stops.", "num"
        ),
    }

    def clean(self):
        super().clean()
        met = set()
        for form in self.forms:
            place = None if self._should_delete_form(form) else form.cleaned_data.get("place")
            if place is None:
                continue
            if place.translation_key in met:
                form.add_error("place", on_it_already(place))
            met.add(place.translation_key)


class StopsPanel(InlinePanel):
    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name] |= {"formset": StopFormSet, "validate_max": True}
        return options


class LeftOutPanel(Panel):
    """Names the stops that visitors do not see, and why."""

    def __init__(self, **kwargs):
        super().__init__(heading=kwargs.pop("heading", _("Not seen by visitors")), **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "heritage/admin/left_out.html"

        def is_shown(self):
            return bool(self.left_out)

        @cached_property
        def left_out(self) -> list[Page]:
            from heritage.stops_seen import left_out

            return left_out(self.instance) if self.instance.pk else []
