"""What officers do to a record of a shop: each deed a form on a page of its own, which says what follows."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from streets.models import Shop
from wardmark.base.one_form import OneFormView
from wardmark.base.public_words import NumberNamed


class PlainForm(forms.Form):
    """Nothing to fill in: the button is the whole form."""


class WhyForm(forms.Form):
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


def in_words(refusal: Exception) -> str:
    """Return what a rule's refusal says to the person who asked."""
    return str(getattr(refusal, "message", refusal))


class OneDeedView(OneFormView):
    """Does one thing to one record; what a rule refuses is said at the form."""

    form_class: ClassVar[type[forms.Form]] = PlainForm
    model: ClassVar[type[Model]]
    refusals: ClassVar[tuple[type[Exception], ...]]
    done: Any = gettext_lazy("It is written down.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.record = get_object_or_404(self.model, pk=kwargs["pk"])
        self.admit_to(self.shop)

    def admit_to(self, shop: Shop) -> None:
        """Raise PermissionDenied for a shop that is not this person's."""
        raise NotImplementedError

    @property
    def shop(self) -> Shop:
        return self.record if isinstance(self.record, Shop) else self.record.shop

    def do(self, values: dict[str, Any]) -> None:
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.do(form.cleaned_data)
        except NumberNamed as named:
            form.add_error("why" if "why" in form.fields else None, in_words(named))
            return self.form_invalid(form)
        except self.refusals as refusal:
            form.add_error(None, in_words(refusal))
            return self.form_invalid(form)
        messages.success(self.request, str(self.done))
        return redirect(self.back_url())
