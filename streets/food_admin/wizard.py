"""The five questions about a shop's legal route, what they lead to, and the officer's decision."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from streets.food_admin.access import DECIDE
from streets.food_admin.deeds import DayForm, DeedView
from streets.legal_route import ANSWERS, QUESTIONS, Answers, NotDecidable, Proposal, decide_route, propose
from streets.models import ExemptionClause, FoodDecree, RouteKind, Shop


class QuestionsForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in ANSWERS.items():
            self.fields[name] = forms.ChoiceField(
                label=QUESTIONS[name], choices=choices.choices, widget=forms.RadioSelect
            )

    @property
    def answers(self) -> Answers:
        return Answers.read(self.cleaned_data)


class DecisionForm(DayForm):
    kind = forms.ChoiceField(label=gettext_lazy("Legal route"), choices=RouteKind.choices)
    decree = forms.ModelChoiceField(label=gettext_lazy("Decree"), queryset=FoodDecree.objects.all(), required=False)
    clause = forms.ModelChoiceField(
        label=gettext_lazy("Clause"),
        queryset=ExemptionClause.objects.select_related("decree").prefetch_related("wordings"),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea,
        max_length=600,
        required=False,
        help_text=gettext_lazy("Needed where you decide otherwise than the answers say."),
    )

    field_order = ("kind", "decree", "clause", "on", "note")


class RouteWizardView(DeedView):
    """First the questions; then, with the answers kept in hidden fields, what they lead to and the decision."""

    model = Shop
    right = DECIDE
    template_name = "streets/food_admin/wizard.html"
    form_class = QuestionsForm
    page_title = gettext_lazy("Legal route")

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        questions = QuestionsForm(self.request.POST)
        if not questions.is_valid():
            return self.form_invalid(questions)
        proposal = propose(questions.answers)
        if "decide" not in self.request.POST:
            return self._show(questions, proposal, DecisionForm(initial=self._proposed(proposal)))
        decision = DecisionForm(self.request.POST)
        if decision.is_valid() and self._decide(questions.answers, decision):
            messages.success(self.request, str(self.done))
            return redirect(self.back_url())
        return self._show(questions, proposal, decision)

    def _decide(self, answers: Answers, form: DecisionForm) -> bool:
        values = form.cleaned_data
        try:
            decide_route(
                shop=self.record,
                kind=RouteKind(values["kind"]),
                decree=values["decree"],
                clause=values["clause"],
                note=values["note"],
                on=values["on"],
                answers=answers,
                by=self.request.user,
            )
        except NotDecidable as refusal:
            form.add_error("on" if refusal.field == "decided_on" else refusal.field, str(refusal))
            return False
        return True

    def _proposed(self, proposal: Proposal) -> dict[str, Any]:
        clauses = ExemptionClause.objects.filter(situation=proposal.situation).select_related("decree")
        clause = max(clauses, key=_how_current, default=None) if proposal.situation else None
        decree = clause.decree if clause else max(FoodDecree.objects.all(), key=_currency, default=None)
        is_determined = proposal.kind != RouteKind.UNDETERMINED
        return {"kind": proposal.kind, "clause": clause, "decree": decree if is_determined else None}

    def _show(self, questions: QuestionsForm, proposal: Proposal, decision: DecisionForm) -> HttpResponse:
        context = self.get_context_data(form=questions, proposal=proposal, decision=decision)
        context["media"] += decision.media
        return self.render_to_response(context)


def _currency(decree: FoodDecree) -> tuple[int, str]:
    """How near a decree is to being the one to cite: in force, else to be looked up, the older known one first."""
    order = ["ended", "not_yet", "suspended", "unknown", "in_force"]
    return order.index(decree.state), str(decree.in_force_from or "")


def _how_current(clause: ExemptionClause) -> tuple[int, str]:
    return _currency(clause.decree)
