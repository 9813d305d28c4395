"""What a person says to order a print job."""

from collections.abc import Iterator

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from wardmark.plaques.artwork import FORMATS
from wardmark.plaques.models import FileKind, Output, Plaque, PrintJob, SheetSize
from wardmark.plaques.print_sheets.choosing import ChoiceRefused, given_plaques, planned_plaques, plaques_under
from wardmark.plaques.print_sheets.imposition import DoesNotFit, imposition_for
from wardmark.plaques.print_sheets.ordering import order_prints


def format_choices() -> Iterator[tuple[str, str]]:
    for format in FORMATS.values():
        size = f"{number_format(format.width)} × {number_format(format.height)} mm"
        yield format.key, f"{format.label} – {size}"


class PrintForm(forms.Form):
    """A format, and what to make of it. One choice names both the kind of output and its paper or kind of file."""

    format_key = forms.ChoiceField(label=gettext_lazy("Format"), choices=format_choices, widget=forms.RadioSelect)
    made_as = forms.ChoiceField(
        label=gettext_lazy("Made as"),
        choices=lambda: [
            *((size.value, f"{Output.SHEETS.label}, {size.label}") for size in SheetSize),
            *((kind.value, f"{Output.FILES.label}, {kind.label}") for kind in FileKind),
        ],
        initial=SheetSize.SRA3,
    )

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        made_as, format_key = cleaned.get("made_as"), cleaned.get("format_key")
        if made_as in SheetSize.values and format_key:
            try:
                imposition_for(FORMATS[format_key], made_as)
            except DoesNotFit as reason:
                self.add_error("made_as", str(reason))
        return cleaned

    def order(self, plaques: list[Plaque], by: AbstractBaseUser) -> PrintJob:
        """Order what was chosen. Raises OrderRefused."""
        made_as = self.cleaned_data["made_as"]
        return order_prints(
            by=by,
            plaques=plaques,
            format_key=self.cleaned_data["format_key"],
            sheet_size=SheetSize(made_as) if made_as in SheetSize.values else None,
            file_kind=FileKind(made_as) if made_as in FileKind.values else None,
        )


class Which(models.TextChoices):
    PLANNED = "planned", gettext_lazy("All planned plaques")
    UNDER = "under", gettext_lazy("A page and everything under it, for example a whole street")
    GIVEN = "given", gettext_lazy("The plaques chosen in the list")


class ChoosePlaquesForm(PrintForm):
    """Also which plaques. `plaques` are the ids of those chosen in a list before, each alone or several with commas.

    They come back in one field: a thousand fields are the most that Django takes, and an address holds still fewer.
    """

    which = forms.ChoiceField(label=gettext_lazy("Plaques"), widget=forms.RadioSelect)
    page = forms.ModelChoiceField(
        Page.objects.filter(depth__gt=1),
        label=gettext_lazy("Page"),
        required=False,
        widget=AdminPageChooser(),
        help_text=gettext_lazy("Only for “a page and everything under it”."),
    )
    only_planned = forms.BooleanField(
        label=gettext_lazy("Only what was not printed yet"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Only for “a page and everything under it”."),
    )

    field_order = ["which", "page", "only_planned", "format_key", "made_as"]

    def __init__(self, *args, user: AbstractBaseUser, plaques: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.plaque_pks = [int(pk) for pk in ",".join(plaques).split(",") if pk.isdecimal() and len(pk) < 19]
        choices = [choice for choice in Which.choices if choice[0] != Which.GIVEN or self.plaque_pks]
        self.fields["which"].choices = choices
        self.fields["which"].initial = Which.GIVEN if self.plaque_pks else Which.PLANNED
        self.chosen: list[Plaque] = []

    @property
    def chosen_before(self) -> str:
        return ",".join(map(str, self.plaque_pks))

    def clean(self) -> dict:
        cleaned = super().clean()
        if "which" in cleaned and not self.errors:
            self._choose(cleaned)
        return cleaned

    def _choose(self, cleaned: dict) -> None:
        try:
            self.chosen = self._chosen(cleaned)
        except ChoiceRefused as refusal:
            self.add_error("which", str(refusal))
            return
        if not self.chosen and not self.errors:
            self.add_error("which", _("There is no plaque to print among these."))

    def _chosen(self, cleaned: dict) -> list[Plaque]:
        match cleaned["which"]:
            case Which.GIVEN:
                return given_plaques(self.plaque_pks, self.user)
            case Which.PLANNED:
                return planned_plaques(self.user)
        if cleaned.get("page") is None:
            self.add_error("page", ValidationError(_("Choose a page."), code="required"))
            return []
        return plaques_under(cleaned["page"], self.user, only_planned=cleaned["only_planned"])
