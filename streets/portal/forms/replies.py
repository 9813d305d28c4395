"""The vendor's word to a record of an inspection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from streets.models import LONGEST_REPLY


class ReplyForm(forms.Form):
    words = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_REPLY,
        help_text=_("Visitors read it below the record. Please name no persons."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 6}),
    )
