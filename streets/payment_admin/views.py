"""The officers' screens for shops' accounts: the list, one account, entering a version, and what may be done to one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import FormView, ListView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from streets.models import AccountState, PayeeNameRule, PaymentAccount, Shop
from streets.payee_names import InvalidName
from streets.payment_admin.forms import AccountForm
from streets.payment_admin.rights import APPROVE, REQUEST, may, may_decide, may_see
from streets.payment_code import CardWords, CodeUnavailable, card
from streets.payments import (
    NotPossible,
    approve,
    draft,
    due_at,
    lift_suspension,
    name_review,
    note_card,
    refuse,
    revoke,
    settle,
    shops_paid_to,
    show_number,
    suspend,
)
from streets.payments import (
    request as ask_for_approval,
)
from streets.vietqr import VietQRError
from wardmark.base.one_form import MayTellWhyForm, OneFormView
from wardmark.base.people import person_name
from wardmark.base.public_words import NumberNamed
from wardmark.base.sealing import CannotBeOpened
from wardmark.base.slugs import ascii_slug
from wardmark.plaques.artwork import ArtworkRefused
from wardmark.plaques.inscriptions import inscription_for, proof_reason
from wardmark.plaques.models import Plaque

PER_PAGE = 50
# Suspended first: somebody waits for those.
_ORDER = [
    AccountState.SUSPENDED,
    AccountState.PENDING,
    AccountState.DRAFT,
    AccountState.ACTIVE,
    AccountState.SUPERSEDED,
    AccountState.REVOKED,
]


class MaySeeAccounts:
    """For views: only officers get in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("payment_admin:index"), "label": _("Payment accounts")},
            {"url": "", "label": str(self.get_page_title())},
        ]


class AccountsView(MaySeeAccounts, WagtailAdminTemplateMixin, ListView):
    """All accounts, suspended first, then those that wait; `?state=` shows one state alone."""

    template_name = "streets/payment_admin/list.html"
    page_title = gettext_lazy("Payment accounts")
    header_icon = "key"
    paginate_by = PER_PAGE
    paginator_class = WagtailPaginator
    page_kwarg = "p"

    def get_queryset(self) -> QuerySet[PaymentAccount]:
        place = Case(
            *(When(state=state, then=Value(number)) for number, state in enumerate(_ORDER)),
            output_field=IntegerField(),
        )
        found = PaymentAccount.objects.select_related("shop", "bank", "made_by", "requested_by", "approved_by")
        if self.request.GET.get("state") in AccountState.values:
            found = found.filter(state=self.request.GET["state"])
        if words := self.request.GET.get("q", "").replace("\x00", "").strip()[:100]:
            found = found.filter(shop__name__icontains=words)
        return found.prefetch_related("shop__pages").order_by(place, "-made_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        accounts, rules = list(context["object_list"]), list(PayeeNameRule.objects.all())
        for one in accounts:
            one.review = name_review(one, rules) if one.state in {AccountState.DRAFT, AccountState.PENDING} else ""
            one.waits_for_me = (
                one.state == AccountState.PENDING and not one.approved_at and may_decide(self.request.user, one)
            )
            one.due = due_at(one)
            one.people = [
                person_name(person) for person in (one.requested_by or one.made_by, one.approved_by) if person
            ]
        return context | {
            "accounts": accounts,
            "states": AccountState.choices,
            "chosen": self.request.GET.get("state", ""),
            "words": self.request.GET.get("q", ""),
            "may_request": self.request.user.has_perm(REQUEST),
            "elided_page_range": context["paginator"].get_elided_page_range(context["page_obj"].number),
        }


@dataclass(frozen=True, slots=True)
class Action:
    """What may be done to an account: its rule, the right it takes, from which states, and what it says."""

    label: str | Promise
    explanation: str | Promise
    rule: Callable[..., None]
    right: str
    states: frozenset[str]
    why_as: str = "why"

    def is_offered(self, user: Any, account: PaymentAccount) -> bool:
        if account.state not in self.states:
            return False
        if self.rule is refuse and user.pk in account.people_before_approval():
            # Whoever made it may take it back.
            return may(user, account.shop, REQUEST)
        if self.rule is approve:
            return account.approved_at is None and may_decide(user, account)
        return may(user, account.shop, self.right)


ACTIONS: dict[str, Action] = {
    "request": Action(
        gettext_lazy("Ask for approval"),
        gettext_lazy("Another officer must approve it. It becomes active 24 hours from now at the earliest."),
        ask_for_approval, REQUEST, frozenset({"draft"}),
    ),
    "approve": Action(
        gettext_lazy("Approve"),
        gettext_lazy(
            "Compare the name with the bank’s app yourself. The account becomes active 24 hours after it was asked "
            "for, in place of the one before. Where the name needs review, write why it is right."
        ),
        approve, APPROVE, frozenset({"pending"}), "name_accepted_why",
    ),
    "refuse": Action(
        gettext_lazy("Refuse or withdraw"),
        gettext_lazy("It ends here. Whoever wants it again enters it anew."),
        refuse, APPROVE, frozenset({"draft", "pending"}),
    ),
    "suspend": Action(
        gettext_lazy("Suspend"),
        gettext_lazy("The page hides the code at once and says that it is being checked again."),
        suspend, REQUEST, frozenset({"active"}),
    ),
    "lift": Action(
        gettext_lazy("Lift the suspension"),
        gettext_lazy("The page shows the code again. It takes another officer than the one who suspended it."),
        lift_suspension, APPROVE, frozenset({"suspended"}),
    ),
    "revoke": Action(
        gettext_lazy("Revoke"),
        gettext_lazy("It ends for good. Who checks its code or its card reads: old, do not pay."),
        revoke, APPROVE, frozenset({"active", "suspended"}),
    ),
}  # fmt: skip


def _account(pk: int) -> PaymentAccount:
    found = PaymentAccount.objects.select_related("shop", "bank", "made_by", "requested_by", "approved_by")
    account = get_object_or_404(found.prefetch_related("shop__pages"), pk=pk)
    if account.shop.payment_changes_at and account.shop.payment_changes_at <= timezone.now():
        settle(account.shop)
        return get_object_or_404(found.prefetch_related("shop__pages"), pk=pk)
    return account


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account: whoever may see the list sees it masked. POST opens the number to whoever may approve."""
    if not may_see(request.user):
        raise PermissionDenied
    account = _account(pk)
    may_open = may(request.user, account.shop, APPROVE)
    number, fault = "", ""
    if request.method == "POST":
        if not may_open:
            raise PermissionDenied
        try:
            number = show_number(account=account, by=request.user).account
        except CannotBeOpened:
            fault = _("The number cannot be read: its key is missing. Please tell whoever runs the site.")
    context = {
        "account": account,
        "number": number,
        "fault": fault,
        "may_open": may_open,
        "due": due_at(account),
        "review": name_review(account),
        "is_own": request.user.pk in account.people_before_approval(),
        "actions": [(name, one) for name, one in ACTIONS.items() if one.is_offered(request.user, account)],
        "events": account.events.select_related("by"),
        "others": _others(account),
        "counts": _counts(account),
        "may_print": _has_a_card(account) and may(request.user, account.shop, REQUEST),
    }
    return render(request, "streets/payment_admin/show.html", context)


def _has_a_card(account: PaymentAccount) -> bool:
    """Whether a counter card may be printed: of what the page shows, and not where the business has left."""
    return account.shop.active_account_id == account.pk and not account.shop.has_left_by(timezone.localdate())


def _others(account: PaymentAccount) -> list[Shop]:
    same = PaymentAccount.objects.filter(
        fingerprint=account.fingerprint, state__in=["draft", "pending", "active", "suspended"]
    )
    return list(Shop.objects.filter(payment_accounts__in=same).exclude(pk=account.shop_id).distinct()[:10])


def _counts(account: PaymentAccount) -> dict[str, int]:
    counts = {"same": 0, "other": 0}
    for verdict, times in account.name_counts.values_list("verdict", "times"):
        counts[verdict] += times
    return counts


@method_decorator(sensitive_post_parameters("text", "account"), name="dispatch")
class NewAccountView(MaySeeAccounts, WagtailAdminTemplateMixin, FormView):
    """Entering the next version of a shop's account, as a draft or asking for approval at once."""

    template_name = "streets/payment_admin/new.html"
    page_title = gettext_lazy("Enter an account")
    header_icon = "key"
    form_class = AccountForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(REQUEST):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        shops = Shop.objects.prefetch_related("pages")
        mine = [shop.pk for shop in shops if may(self.request.user, shop, REQUEST)]
        return super().get_form_kwargs() | {"shops": Shop.objects.filter(pk__in=mine)}

    def get_initial(self) -> dict[str, Any]:
        return {"shop": self.request.GET.get("shop", "")}

    def form_valid(self, form: AccountForm) -> HttpResponse:
        data, user = form.cleaned_data, self.request.user
        try:
            account = draft(
                shop=data["shop"],
                number=data["number"],
                payee_name=data["payee_name"],
                holder_kind=data["holder_kind"],
                by=user,
                why=data["why"],
            )
            if "draft" not in self.request.POST:
                ask_for_approval(account=account, by=user)
        except NumberNamed as named:
            form.add_error("why", str(named))
            return self.form_invalid(form)
        except (NotPossible, InvalidName, VietQRError) as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        except ImproperlyConfigured:
            form.add_error(None, _("No number can be stored: the site has no key for it. Please tell whoever runs it."))
            return self.form_invalid(form)
        messages.success(self.request, _("Account %(serial)s was entered.") % {"serial": account.printed_serial})
        if account.bank is None:
            messages.warning(self.request, _("The bank number %(bin)s is not in our list.") % {"bin": account.bank_bin})
        if review := name_review(account):
            messages.warning(self.request, f"{_('Needs review')}: {review}")
        if others := list(shops_paid_to(data["number"], but=account.shop)[:5]):
            messages.warning(
                self.request,
                _("The same account stands at another shop: %(shops)s. That may be right: please ask.")
                % {"shops": ", ".join(map(str, others))},
            )
        return redirect("payment_admin:show", account.pk)


class ActView(MaySeeAccounts, OneFormView):
    """One of ACTIONS for one account, with what follows from it and a way back."""

    template_name = "streets/payment_admin/act.html"
    header_icon = "key"
    form_class = MayTellWhyForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.action = ACTIONS.get(kwargs["action"])
        if self.action is None:
            raise Http404
        self.account = _account(kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.action.is_offered(request.user, self.account):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            self.action.rule(
                account=self.account, by=self.request.user, **{self.action.why_as: form.cleaned_data["why"]}
            )
        except (NotPossible, NumberNamed) as refusal:
            form.add_error("why", str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request,
            f"{self.account.printed_serial}: {self.account.get_state_display()}",
        )
        return redirect(self.back_url())

    def back_url(self) -> str:
        return reverse("payment_admin:show", args=[self.account.pk])

    @property
    def explanation(self) -> str | Promise:
        return self.action.explanation

    @property
    def button(self) -> str | Promise:
        return self.action.label

    def get_page_title(self) -> str:
        return str(self.action.label)

    def get_page_subtitle(self) -> str:
        return self.account.printed_serial

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "account": self.account,
            "review": name_review(self.account),
        }


@require_safe
@never_cache
def counter_card(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Send the counter card of an active account as SVG or PDF, and write down that it was made."""
    account = _account(pk)
    if not may(request.user, account.shop, REQUEST):
        raise PermissionDenied
    if not _has_a_card(account) or kind not in {"svg", "pdf"}:
        raise Http404
    try:
        file = card(account, words_of_card(account), kind)
    except (ArtworkRefused, CodeUnavailable) as refusal:
        messages.error(request, str(refusal))
        return redirect("payment_admin:show", pk)
    note_card(account=account, by=request.user)
    response = HttpResponse(file, content_type={"svg": "image/svg+xml", "pdf": "application/pdf"}[kind])
    name = f"{ascii_slug(account.shop.name)}-{account.printed_serial}-v{account.version}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def words_of_card(account: PaymentAccount) -> CardWords:
    """Gather what stands on a card beside the account: the words of the shop's own plaque."""
    plaque = Plaque.objects.primary().filter(page_key=account.shop.page_key).first()
    made_on = timezone.localdate()
    if plaque is None:
        return CardWords(
            shop=account.shop.name, ward=settings.WAGTAIL_SITE_NAME, proof_reason=proof_reason(), made_on=made_on
        )
    words = inscription_for(plaque)
    return CardWords(
        shop=account.shop.name,
        ward=words.ward,
        seal_letters=words.seal_letters,
        page_address=words.short_link,
        page_code=words.code,
        proof_reason=words.proof_reason,
        made_on=made_on,
    )
