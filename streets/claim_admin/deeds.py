"""What officers decide: each a form on a page of its own, which says what follows and works without scripts."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from streets.claim_admin.rights import ASSIST, CONFIRM, DECIDE, PASS_ON, Needs
from streets.claims import assisting, claiming, ownership
from streets.claims.disputes import close_dispute, open_dispute, possible_keepers
from streets.claims.errors import KeepingRefused
from streets.claims.settling import phone_of_claim
from streets.deed_views import OneDeedView, WhyForm
from streets.models import Claim, Dispute, MemberRole, OwnershipChange, Shop
from streets.shop_rights import may
from wardmark.accounts.phones import PhoneTaken
from wardmark.base.people import person_name
from wardmark.base.sealing import CannotBeOpened

NOBODY = "nobody"


class DeedView(Needs, OneDeedView):
    """A deed about who keeps a shop."""

    header_icon = "group"
    refusals = (KeepingRefused, PhoneTaken)

    def back_url(self) -> str:
        return reverse("claim_admin:shop", args=[self.shop.pk])

    @property
    def shown_shop(self) -> Shop:
        return self.shop

    def get_page_subtitle(self) -> str:
        return str(self.shop)


class ConfirmView(DeedView):
    """For a number that no code has proved: the officer sees it here, and calls it."""

    model = Claim
    right = CONFIRM
    page_title = gettext_lazy("Confirm a claim")
    button = gettext_lazy("Confirm")
    done = gettext_lazy("The shop has its owner now.")
    template_name = "streets/claim_admin/confirm.html"

    @property
    def explanation(self) -> str:
        if self.record.is_phone_proved:
            return _("This person typed the letter’s code and proved the telephone number. Is it who you met?")
        return _("This person typed the letter’s code. Nothing has proved the telephone number: call it first.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            phone, fault = phone_of_claim(self.record), ""
        except CannotBeOpened:
            phone, fault = None, _("The number cannot be read: its key is missing. Please tell whoever runs the site.")
        return super().get_context_data(**kwargs) | {"claim": self.record, "phone": phone, "fault": fault}

    def do(self, values: dict[str, Any]) -> None:
        claiming.confirm(claim=self.record, by=self.request.user, now=timezone.now())


class RefuseView(DeedView):
    model = Claim
    right = CONFIRM
    form_class = WhyForm
    page_title = gettext_lazy("Refuse a claim")
    explanation = gettext_lazy("The person reads your reason. The letter stays used up; you can make a new one.")
    button = gettext_lazy("Refuse")

    def do(self, values: dict[str, Any]) -> None:
        claiming.refuse(claim=self.record, by=self.request.user, why=values["why"], now=timezone.now())


@require_POST
def confirm_at_once(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm with one tap in the list, where the number was proved; anything else is shown first."""
    claim = get_object_or_404(Claim.objects.select_related("shop"), pk=pk)
    if not may(request.user, claim.shop, CONFIRM):
        raise PermissionDenied
    if not claim.is_phone_proved:
        return redirect("claim_admin:confirm", pk)
    try:
        claiming.confirm(claim=claim, by=request.user, now=timezone.now())
        messages.success(request, _("“%(shop)s” has its owner now.") % {"shop": claim.shop})
    except KeepingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("claim_admin:index")


class OpenDisputeView(DeedView):
    model = Shop
    right = DECIDE
    form_class = WhyForm
    page_title = gettext_lazy("Open a dispute")
    explanation = gettext_lazy(
        "From now on nobody can change anything of this shop’s page, until an officer has decided who keeps the shop. "
        "Everybody concerned is told."
    )
    button = gettext_lazy("Open the dispute")

    def do(self, values: dict[str, Any]) -> None:
        open_dispute(shop=self.record, by=self.request.user, why=values["why"], now=timezone.now())


class DecisionForm(WhyForm):
    keeper = forms.ChoiceField(label=gettext_lazy("Who keeps the shop?"), widget=forms.RadioSelect)
    field_order = ["keeper", "why"]

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        choices = [(key, person_name(person)) for key, person in self.people.items()]
        self.fields["keeper"].choices = [*choices, (NOBODY, _("Nobody of these for now"))]

    def clean_keeper(self) -> Any:
        return self.people.get(self.cleaned_data["keeper"])


class CloseDisputeView(DeedView):
    model = Dispute
    right = DECIDE
    form_class = DecisionForm
    page_title = gettext_lazy("Decide a dispute")
    explanation = gettext_lazy(
        "All others stop keeping this shop, and their claims are refused with your reason. Where an owner loses the "
        "shop, another officer must decide than the one who opened the dispute or made the letter, after 24 hours; its "
        "payment code is then checked anew."
    )
    button = gettext_lazy("Decide")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": possible_keepers(self.shop)}

    def do(self, values: dict[str, Any]) -> None:
        close_dispute(
            dispute=self.record,
            by=self.request.user,
            keeper=values["keeper"],
            why=values["why"],
            now=timezone.now(),
        )


class ApproveChangeView(DeedView):
    model = OwnershipChange
    right = PASS_ON
    page_title = gettext_lazy("Approve an ownership change")
    button = gettext_lazy("Approve")
    explanation = gettext_lazy(
        "Speak with both before you approve. The shop passes on 24 hours after it was asked for; its payment code is "
        "then checked anew."
    )

    def do(self, values: dict[str, Any]) -> None:
        ownership.approve(change=self.record, by=self.request.user, now=timezone.now())


class RefuseChangeView(DeedView):
    model = OwnershipChange
    right = PASS_ON
    form_class = WhyForm
    page_title = gettext_lazy("Refuse an ownership change")
    button = gettext_lazy("Refuse")
    explanation = gettext_lazy("Everything stays as it was, and the page shows the payment code again.")

    def do(self, values: dict[str, Any]) -> None:
        ownership.refuse(change=self.record, by=self.request.user, why=values["why"], now=timezone.now())


class AskChangeForm(forms.Form):
    old_owner = forms.ModelChoiceField(label=gettext_lazy("Owner until now"), queryset=None, empty_label=None)
    new_owner = forms.ModelChoiceField(label=gettext_lazy("New owner"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = shop.members.active().select_related("user")
        self.fields["old_owner"].queryset = members.filter(role=MemberRole.OWNER)
        self.fields["new_owner"].queryset = members.exclude(role=MemberRole.OWNER)
        for field in self.fields.values():
            field.label_from_instance = lambda member: person_name(member.user)


class AskChangeView(DeedView):
    """For an owner who cannot ask: another officer must approve it."""

    model = Shop
    right = PASS_ON
    form_class = AskChangeForm
    page_title = gettext_lazy("Ask for an ownership change")
    button = gettext_lazy("Ask for it")
    explanation = gettext_lazy(
        "For an owner who cannot do it. Another officer must approve it; until it is settled the page shows no payment "
        "code. The new owner must be a member already: an owner invites, or you make a claim letter."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"shop": self.record}

    def do(self, values: dict[str, Any]) -> None:
        ownership.ask(**values, by=self.request.user, now=timezone.now())


class AssistForm(forms.Form):
    vendor = forms.ModelChoiceField(label=gettext_lazy("In whose name?"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = shop.members.active().select_related("user")
        self.fields["vendor"].queryset = members.filter(role__in=(MemberRole.OWNER, MemberRole.MANAGER))
        self.fields["vendor"].label_from_instance = lambda member: person_name(member.user)


class AssistView(DeedView):
    """For a vendor who would rather say it than type it; leads to the forms of the vendors' corner."""

    model = Shop
    right = ASSIST
    form_class = AssistForm
    page_title = gettext_lazy("Enter for the vendor")
    button = gettext_lazy("Begin")
    done = gettext_lazy("Enter what the vendor says; nothing counts before the vendor has confirmed it.")
    explanation = gettext_lazy(
        "You fill in the vendor’s forms on your own tablet, in the vendor’s name. Nothing of it counts before the "
        "vendor has confirmed it, with a code sent to the own phone or signed in there."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"shop": self.record}

    def do(self, values: dict[str, Any]) -> None:
        assisting.begin(vendor=values["vendor"], by=self.request.user, now=timezone.now())

    def form_valid(self, form: forms.Form) -> HttpResponse:
        answer = super().form_valid(form)
        return redirect("people:assisted", self.record.page_key) if answer.status_code == 302 else answer
