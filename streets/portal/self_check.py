"""The vendor's own look at its kitchen, point by point, as the ward has entered them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from streets.models import FoodVendorPage, SelfCheck, SelfCheckPoint, Shop
from streets.portal.guard import Kept
from streets.portal.screens import show
from streets.self_checks import SelfCheckRefused, record_self_check

# In figures: less than the largest key there is.
LONGEST_KEY = 18


class PointsField(forms.ModelMultipleChoiceField):
    """A number that no key can be, in a forged form, is no choice either: no database takes it."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(key)[:40]}
                )
        return super().clean(value)


class SelfCheckForm(forms.Form):
    points = PointsField(
        label=gettext_lazy("What is in order today?"),
        queryset=SelfCheckPoint.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].queryset = SelfCheckPoint.objects.prefetch_related("wordings")


def self_check(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Ask which points are met today, and keep the answer with its day; the shop's page says how many."""
    if not FoodVendorPage.objects.filter(shop=kept.shop).exists():
        raise Http404
    form = SelfCheckForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, kept.shop, list(form.cleaned_data["points"]))
        except SelfCheckRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Thank you. Your page says that you checked today."))
            return HttpResponseRedirect(reverse("portal:self_check", args=[kept.shop.page_key]))
    context = {"form": form, "refusal": refusal, "last": _last(kept.shop)}
    return show(request, kept, "portal/self_check.html", context, status=422 if form.errors or refusal else 200)


def _keep(request: HttpRequest, shop: Shop, points: list[SelfCheckPoint]) -> None:
    last = _last(shop)
    is_said_again = (
        last is not None
        and last.by_vendor
        and last.checked_on == timezone.localdate()
        and set(last.points.values_list("pk", flat=True)) == {point.pk for point in points}
    )
    # A form that was sent twice on a bad line is one check.
    if not is_said_again:
        record_self_check(shop=shop, points=points, by=request.user, by_vendor=True)


def _last(shop: Shop) -> SelfCheck | None:
    return shop.self_checks.first()
