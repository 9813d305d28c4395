"""What officers do to a record: each a form on a page of its own, which works without scripts and says what follows."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from streets.deed_views import OneDeedView, WhyForm
from streets.food_admin.access import INSPECT, SEE, SELF_CHECK, VET, Needs
from streets.food_reminders import mark_done
from streets.inspections import (
    InspectionRefused,
    correct,
    finalise,
    release,
    remedied,
    reply,
    vet_reply,
    withhold,
)
from streets.legal_documents import PaperRefused, revoke_document, verify_document
from streets.models import (
    LONGEST_REPLY,
    Finding,
    Inspection,
    InspectionReply,
    LegalDocument,
    PaperReminder,
    SelfCheckPoint,
    SentPaper,
    Shop,
    VerifiedBy,
)
from streets.self_checks import SelfCheckRefused, record_self_check
from streets.sent_papers import PaperNotTaken, refuse_paper, take_paper


def _today() -> date:
    return timezone.localdate()


class DayForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Day"), widget=AdminDateInput, initial=_today)


class DeedView(Needs, OneDeedView):
    """A deed about a shop's food safety."""

    header_icon = "clipboard-list"
    refusals = (InspectionRefused, PaperRefused, PaperNotTaken, SelfCheckRefused)

    def back_url(self) -> str:
        return reverse("food_safety:shop", args=[self.shop.pk])

    @property
    def shown_shop(self) -> Shop:
        return self.shop

    def get_page_subtitle(self) -> str:
        return str(self.record)


class VerifyForm(forms.Form):
    how = forms.ChoiceField(label=gettext_lazy("How?"), choices=VerifiedBy.choices, widget=forms.RadioSelect)


class VerifyView(DeedView):
    model = LegalDocument
    right = SEE
    form_class = VerifyForm
    page_title = gettext_lazy("Verify a paper")
    explanation = gettext_lazy("From today on the page tells visitors that this paper is in force.")
    button = gettext_lazy("Verified")

    def do(self, values: dict[str, Any]) -> None:
        verify_document(document=self.record, how=VerifiedBy(values["how"]), by=self.request.user)


class RevokeForm(WhyForm, DayForm):
    pass


class RevokeView(DeedView):
    model = LegalDocument
    right = SEE
    form_class = RevokeForm
    page_title = gettext_lazy("Revoke a paper")
    explanation = gettext_lazy("It stays on record and counts no more from that day on.")
    button = gettext_lazy("Revoke")

    def do(self, values: dict[str, Any]) -> None:
        revoke_document(document=self.record, why=values["why"], on=values["on"], by=self.request.user)


class InspectionDeedView(DeedView):
    model = Inspection
    right = INSPECT

    def back_url(self) -> str:
        return reverse("food_safety:inspection", args=[self.record.pk])


class FinaliseView(InspectionDeedView):
    page_title = gettext_lazy("Finalise the record")
    explanation = gettext_lazy(
        "Nobody can change it afterwards. The vendor has 21 days to read and answer it; then visitors see it."
    )
    button = gettext_lazy("Finalise")

    def do(self, values: dict[str, Any]) -> None:
        finalise(inspection=self.record, by=self.request.user)


class WithholdView(InspectionDeedView):
    form_class = WhyForm
    page_title = gettext_lazy("Withhold the record")
    explanation = gettext_lazy("Visitors do not see it until it is released. The reason is kept.")
    button = gettext_lazy("Withhold")

    def do(self, values: dict[str, Any]) -> None:
        withhold(inspection=self.record, why=values["why"], by=self.request.user)


class ReleaseView(InspectionDeedView):
    page_title = gettext_lazy("Release the record")
    explanation = gettext_lazy("Visitors see it once its standstill is over.")
    button = gettext_lazy("Release")

    def do(self, values: dict[str, Any]) -> None:
        release(inspection=self.record, by=self.request.user)


class CorrectView(InspectionDeedView):
    form_class = WhyForm
    page_title = gettext_lazy("Correct the record")
    explanation = gettext_lazy(
        "A new record begins with what this one says; mend it there. This one stays. "
        "Withhold it if it must not be seen."
    )
    button = gettext_lazy("Begin a correction")
    new: Inspection | None = None

    def do(self, values: dict[str, Any]) -> None:
        self.new = correct(inspection=self.record, why=values["why"], by=self.request.user)

    def back_url(self) -> str:
        return reverse("food_inspection:edit", args=[self.new.pk]) if self.new else super().back_url()


class ReplyForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("The vendor’s words"), widget=forms.Textarea, max_length=LONGEST_REPLY)


class ReplyView(InspectionDeedView):
    form_class = ReplyForm
    page_title = gettext_lazy("Enter the vendor’s reply")
    explanation = gettext_lazy("Word for word, at most 500 characters. It is shown once an officer has vetted it.")
    button = gettext_lazy("Keep the reply")

    def do(self, values: dict[str, Any]) -> None:
        reply(inspection=self.record, words=values["words"], by=self.request.user)


class VetForm(forms.Form):
    accept = forms.TypedChoiceField(
        label=gettext_lazy("Show it?"),
        choices=[("1", gettext_lazy("Show it")), ("0", gettext_lazy("Do not show it"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=gettext_lazy("Reason, if it is not shown"), max_length=300, required=False)


class VetView(DeedView):
    model = InspectionReply
    right = VET
    form_class = VetForm
    page_title = gettext_lazy("Vet a reply")
    button = gettext_lazy("Decide")

    @property
    def explanation(self) -> str:
        return _("“%(words)s” It may be refused for insults or names of persons, never for its opinion.") % {
            "words": self.record.words
        }

    @property
    def shop(self) -> Shop:
        return self.record.inspection.shop

    def do(self, values: dict[str, Any]) -> None:
        vet_reply(reply=self.record, accept=values["accept"], why=values["why"], by=self.request.user)


class RemediedView(DeedView):
    model = Finding
    right = INSPECT
    form_class = DayForm
    page_title = gettext_lazy("Note that it is done")
    explanation = gettext_lazy("The page tells visitors the day on which it was put right.")
    button = gettext_lazy("It is done")

    @property
    def shop(self) -> Shop:
        return self.record.inspection.shop

    def do(self, values: dict[str, Any]) -> None:
        remedied(finding=self.record, on=values["on"], by=self.request.user)

    def back_url(self) -> str:
        return reverse("food_safety:inspection", args=[self.record.inspection_id])


class SelfCheckForm(DayForm):
    points = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Points that the vendor says are met"),
        queryset=SelfCheckPoint.objects.prefetch_related("wordings"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class SelfCheckView(DeedView):
    model = Shop
    right = SELF_CHECK
    form_class = SelfCheckForm
    page_title = gettext_lazy("Self-check")
    explanation = gettext_lazy("As the vendor says it; the page tells that nobody has verified it.")
    button = gettext_lazy("Keep the self-check")

    def do(self, values: dict[str, Any]) -> None:
        record_self_check(
            shop=self.record, points=values["points"], on=values["on"], by=self.request.user, by_vendor=False
        )


class ReminderDoneView(DeedView):
    model = PaperReminder
    right = SEE
    page_title = gettext_lazy("Deal with a reminder")
    explanation = gettext_lazy("It leaves the list of what waits; the vendor sees it until there is a new paper.")
    button = gettext_lazy("Dealt with")

    @property
    def shop(self) -> Shop:
        return self.record.document.shop

    def do(self, values: dict[str, Any]) -> None:
        mark_done(reminder=self.record, by=self.request.user)

    def back_url(self) -> str:
        return reverse("food_safety:waiting")


class TakePaperForm(forms.ModelForm):
    """What the officer reads off the paper; it begins with what the shop wrote."""

    class Meta:
        model = LegalDocument
        fields = ["kind", "quality_system", "number", "authority", "issued_on", "expires_on", "scope", "holder"]
        widgets = {"issued_on": AdminDateInput, "expires_on": AdminDateInput}

    def _post_clean(self) -> None:
        # The rule judges it, together with the file and the shop.
        return


class SentPaperView(DeedView):
    """What a shop has sent; only while nobody has decided on it."""

    model = SentPaper
    right = SEE

    @property
    def file_url(self) -> str:
        return reverse("food_safety:sent_file", args=[self.record.pk]) if self.record.file else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"paper": self.record, "file_url": self.file_url}

    template_name = "streets/food_admin/sent_paper.html"

    def back_url(self) -> str:
        return reverse("food_safety:waiting")


class TakePaperView(SentPaperView):
    form_class = TakePaperForm
    page_title = gettext_lazy("Take over a paper")
    explanation = gettext_lazy(
        "Please compare what the shop wrote with the photo. It becomes one of the shop’s papers, not verified yet."
    )
    button = gettext_lazy("Take it over")
    taken: LegalDocument | None = None

    def get_initial(self) -> dict[str, Any]:
        told = ("kind", "number", "issued_on", "expires_on")
        return {name: getattr(self.record, name) for name in told} | {"holder": self.shop.name}

    def do(self, values: dict[str, Any]) -> None:
        self.taken = take_paper(paper=self.record, by=self.request.user, **values)

    def back_url(self) -> str:
        # What the shop mistyped is mended there.
        return reverse("food_document:edit", args=[self.taken.pk]) if self.taken else super().back_url()


class RefusePaperView(SentPaperView):
    form_class = WhyForm
    page_title = gettext_lazy("Do not accept a paper")
    explanation = gettext_lazy("The shop reads the reason. The photo is deleted.")
    button = gettext_lazy("Do not accept")

    def do(self, values: dict[str, Any]) -> None:
        refuse_paper(paper=self.record, by=self.request.user, why=values["why"])
