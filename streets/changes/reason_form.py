"""Asking an officer why."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 500


class ReasonForm(forms.Form):
    """Named `comment`, as Wagtail's own forms of a workflow's step name it."""

    comment = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The people of the shop read it."),
    )
