"""Changing a shop's daily facts in the admin."""

from copy import deepcopy

from django import forms
from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from streets.admin_hours import SpecialDaysField, WeekField, WordsField
from streets.changes.in_turn import locked
from streets.daily_facts import log_changes
from streets.goods import goods_of, log_goods
from streets.hours import SpecialDays, put, read_special, tet_preset, write_special
from streets.models import FactChange, Product, Shop
from wardmark.base.people import person_name

_COLUMNS = [field.attname for field in Shop._meta.concrete_fields if not field.primary_key]


def _said_of(change: FactChange) -> str:
    """Name what somebody changed, who and when; what it is now stands on the page."""
    model, name = (Product, change.what.split(".")[2:]) if change.what.startswith("product.") else (Shop, [change.what])
    names = [model._meta.verbose_name] if model is Product else []
    names += [model._meta.get_field(one).verbose_name for one in name]
    what, at = capfirst(": ".join(map(str, names))), date_format(localtime(change.at), "SHORT_DATETIME_FORMAT")
    return " · ".join(filter(None, [what, at, person_name(change.by)]))


class ShopForm(WagtailAdminModelForm):
    """All facts of a shop at once; each field that changed leaves a line in the log."""

    hours = WeekField(label=_("Opening hours"), required=False)
    special_days = SpecialDaysField(label=_("Special days"), required=False)
    hours_note = WordsField(
        label=_("Note on the hours"),
        required=False,
        help_text=_("What a table cannot say, for example that the shop closes once everything is sold."),
    )
    closure_note = WordsField(label=_("Note for visitors"), required=False)
    # Which change this form was opened after: what somebody else changed since must not be lost unseen.
    last_change = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_change"].initial = self._last_change()
        self._opened = {name: deepcopy(getattr(self.instance, name)) for name in _COLUMNS}
        self.fields["special_days"].widget.tet = tet_preset(localdate())

    def _last_change(self) -> int:
        return self.instance.fact_changes.order_by("-pk").values_list("pk", flat=True).first() or 0

    def clean(self):
        cleaned = super().clean()
        newest = self._last_change()
        if (cleaned.get("last_change") or 0) != newest:
            self.add_error(
                None,
                _(
                    "Somebody else has changed this shop since you opened it. Please compare with its page, then save "
                    "again to put your version in its place."
                ),
            )
            for change in self.instance.fact_changes.filter(pk__gt=cleaned.get("last_change") or 0).order_by("pk"):
                self.add_error(None, _said_of(change))
            self.data = self.data.copy()
            self.data[self.add_prefix("last_change")] = newest
        if "special_days" in cleaned:
            cleaned["special_days"] = self._with_buttons(cleaned["special_days"])
        return cleaned

    def _with_buttons(self, rows):
        """Add what the pressed button says."""
        name, today = self.add_prefix("special_days"), localdate()
        special = read_special(rows)
        if f"{name}-closed-today" in self.data:
            special = put(special, SpecialDays(today, today))
        if f"{name}-tet" in self.data:
            try:
                days = {key: int(self.data.get(f"{name}-tet-{key}", "")) for key in ("before", "after")}
                preset = tet_preset(today, days_before=days["before"], days_after=days["after"])
            except ValueError:
                self.add_error(
                    "special_days", _("Please say between 0 and 10 days before and 1 to 20 days after the new year.")
                )
            else:
                special = put(special, preset) if preset else special
        return write_special(special)

    @transaction.atomic
    def save(self, commit=True):
        """Save what this form changed, and nothing else: the rest of the row stays as others left it meanwhile."""
        stored = locked(self.instance.pk)
        for name, was in self._opened.items():
            if getattr(self.instance, name) == was:
                setattr(self.instance, name, getattr(stored, name))
        sold = goods_of(stored)
        saved = super().save(commit)
        log_changes(before=stored, after=saved, by=self.for_user)
        if commit:
            log_goods(shop=saved, before=sold, after=goods_of(saved), by=self.for_user)
        return saved
