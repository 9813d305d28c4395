"""Making blank plaques: codes that are printed before anybody knows where they will hang."""

from django.forms import CharField, Form, IntegerField, NumberInput
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from wardmark.plaques.admin.changes import OneForm
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.linking import MOST_BLANKS, issue_blanks
from wardmark.plaques.rights import ADD


class BlanksForm(Form):
    count = IntegerField(
        label=gettext_lazy("How many"),
        min_value=1,
        max_value=MOST_BLANKS,
        initial=10,
        widget=NumberInput(attrs={"inputmode": "numeric"}),
    )
    label = CharField(
        label=gettext_lazy("Name of this batch"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("To find them again, for example “Spare plates for the market”."),
    )


class IssueBlanksView(OneForm):
    form_class = BlanksForm
    right = ADD

    def form_valid(self, form: BlanksForm) -> HttpResponse:
        label = form.cleaned_data["label"]
        try:
            made = issue_blanks(count=form.cleaned_data["count"], by=self.request.user, label=label)
        except NotPossible as refusal:
            form.add_error("count", str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request,
            ngettext(
                "%(count)d blank plaque was made. Choose it below to print it.",
                "%(count)d blank plaques were made. Choose them below to print them.",
                len(made),
            )
            % {"count": len(made)},
        )
        chosen = {"only": "blank", "state": "planned"} | ({"q": label} if label else {})
        return redirect(f"{reverse('plaque:index')}?{urlencode(chosen)}")

    def get_page_title(self) -> str:
        return _("Blank plaques")

    def explanation(self, form: BlanksForm) -> str:
        return _(
            "Each gets a code without a page. Print them, hang them up, scan them on site, and give each its page "
            "then and there. Until then a scan says that the plaque is ours and new."
        )

    def button(self, form: BlanksForm) -> str:
        return _("Make them")

    def back_url(self) -> str:
        return reverse("plaque:index")
