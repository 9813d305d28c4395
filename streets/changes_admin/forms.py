"""What an officer says to a change."""

from django import forms
from django.utils.translation import gettext_lazy as _

from streets.changes.reason_form import LONGEST_REASON


class DecisionForm(forms.Form):
    """A reason, and a mark of what was public when the officer looked."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed where you do not accept it. The people of the shop read it."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)
