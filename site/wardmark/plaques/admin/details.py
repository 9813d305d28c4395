"""The details of a plaque that are written down by hand, as a form."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images.widgets import AdminImageChooser

from wardmark.plaques.history import changing
from wardmark.plaques.models import EventKind, Plaque


class DetailsForm(WagtailAdminModelForm):
    """Label, position and measures of one plaque; only what was changed here is written, and why."""

    why = forms.CharField(
        label=_("Why"), required=False, max_length=500, help_text=_("Stays in the plaque’s history. May be empty.")
    )

    class Meta:
        model = Plaque
        widgets = {"photo": AdminImageChooser}
        help_texts = {"latitude": _("In degrees, for example 21.037110. Left empty, it is the page’s.")}
        fields = (
            "label",
            "latitude",
            "longitude",
            "height_cm",
            "material",
            "width_mm",
            "height_mm",
            "photo",
            "next_check_on",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if data.get(name) is None and data.get(other) is not None and name not in self.errors:
                self.add_error(name, _("A position needs both numbers."))
        return data

    def save_for(self, plaque: Plaque, *, by: AbstractBaseUser) -> None:
        """Write what was changed into the plaque and its history.

        Field by field, so that two people who edit different details at the same time lose nothing.
        """
        with changing(
            plaque, kind=EventKind.CHANGED, by=by, why=self.cleaned_data["why"].strip(), always=False
        ) as current:
            for name in self.changed_data:
                if name in self._meta.fields:
                    setattr(current, name, self.cleaned_data[name])
