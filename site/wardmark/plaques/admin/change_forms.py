"""What may be done to one plaque by hand, each as a form that knows its rule."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.models import Page

from wardmark.base.models import BasePage
from wardmark.plaques.codes import LENGTH, InvalidCode
from wardmark.plaques.lifecycle import NotPossible, choices_from, install, mark_damaged, mark_lost, retire
from wardmark.plaques.linking import link_blank, needs_second_person, relink
from wardmark.plaques.models import LinkRequest, Plaque, PlaqueState
from wardmark.plaques.rights import may_edit_page


class ChangeForm(forms.Form):
    """One change of one plaque. `save()` raises nothing: what the rule refuses becomes an error of the form."""

    title: ClassVar[Any]
    button: ClassVar[Any]

    why = forms.CharField(
        label=_("Why"), required=False, max_length=500, help_text=_("Stays in the plaque’s history. May be empty.")
    )

    def __init__(self, *args: Any, plaque: Plaque, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plaque = plaque
        self.user = user

    @classmethod
    def is_offered(cls, plaque: Plaque) -> bool:
        """Say whether this may be done to a plaque as it is now."""
        raise NotImplementedError

    @classmethod
    def label_for(cls, plaque: Plaque) -> str:
        """Return what the button on the plaque's screen says."""
        return cls.title

    @property
    def blamed(self) -> str | None:
        """The field that a refusal of the rule belongs to; none: the form as a whole."""
        return None

    @property
    def explanation(self) -> str:
        """What will happen, before it does."""
        raise NotImplementedError

    def save(self) -> bool:
        """Do it; say whether it was done."""
        blamed = self.blamed
        try:
            self.apply()
        except NotPossible as refusal:
            self.add_error(blamed, str(refusal))
            return False
        return True

    def apply(self) -> None:
        """Do it. Raises NotPossible."""
        raise NotImplementedError

    @property
    def done(self) -> str:
        """What to tell whoever did it."""
        state = self.plaque.get_state_display()
        return _("Plaque %(code)s: %(state)s.") % {"code": self.plaque.printed_code, "state": state}


class InstallForm(ChangeForm):
    title = _("It hangs")
    button = _("Note that it hangs")
    field_order = ("on", "why")

    on = forms.DateField(label=_("Since"), widget=AdminDateInput, initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.plaque.installed_on is not None:
            # It was repaired, found or brought back: since when it hangs is known.
            del self.fields["on"]

    @classmethod
    def is_offered(cls, plaque: Plaque) -> bool:
        return not plaque.is_blank and PlaqueState.INSTALLED in choices_from(plaque.state)

    @classmethod
    def label_for(cls, plaque: Plaque) -> str:
        return {
            PlaqueState.DAMAGED: _("Repaired"),
            PlaqueState.LOST: _("Found again"),
            PlaqueState.RETIRED: _("Back in use"),
        }.get(plaque.state, _("It hangs"))

    @property
    def explanation(self) -> str:
        if self.plaque.is_retired:
            return _("The code will lead to its own page again.")
        return _("From now on it is looked at every 90 days.")

    @property
    def blamed(self) -> str | None:
        return "on" if "on" in self.fields else None

    def apply(self) -> None:
        install(plaque=self.plaque, by=self.user, on=self.cleaned_data.get("on"), why=self.cleaned_data["why"])


class DamagedForm(ChangeForm):
    title = _("It is damaged")
    button = _("Note the damage")

    @classmethod
    def is_offered(cls, plaque: Plaque) -> bool:
        return PlaqueState.DAMAGED in choices_from(plaque.state)

    @property
    def explanation(self) -> str:
        return _("The code goes on leading to its page.")

    def apply(self) -> None:
        mark_damaged(plaque=self.plaque, by=self.user, why=self.cleaned_data["why"])


class LostForm(ChangeForm):
    title = _("It is lost")
    button = _("Note that it is lost")

    @classmethod
    def is_offered(cls, plaque: Plaque) -> bool:
        return PlaqueState.LOST in choices_from(plaque.state)

    @property
    def explanation(self) -> str:
        return _("Whoever finds it and scans it still gets to its page. A new one for the same place can be printed.")

    def apply(self) -> None:
        mark_lost(plaque=self.plaque, by=self.user, why=self.cleaned_data["why"])


class RetireForm(ChangeForm):
    title = _("Retire it")
    button = _("Retire the plaque")
    field_order = ("why", "successor")

    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("Whoever scans the plaque reads this sentence."),
    )
    successor = forms.CharField(
        label=_("Code of the plaque that replaces it"),
        required=False,
        max_length=60,
        help_text=_("As it is printed there. Scans are led on to it. Left empty, visitors read why it was retired."),
    )

    @classmethod
    def is_offered(cls, plaque: Plaque) -> bool:
        return PlaqueState.RETIRED in choices_from(plaque.state)

    @property
    def explanation(self) -> str:
        return _("The code is never used again, and never ends in an error. It can be brought back into use.")

    def clean_successor(self) -> Plaque | None:
        typed = "".join(self.cleaned_data["successor"].split()).rstrip("/").rpartition("/")[2]
        if not typed:
            return None
        try:
            successor = Plaque.objects.with_code(typed)
        except InvalidCode:
            raise forms.ValidationError(_("This is not one of our codes. Please compare it with the plaque.")) from None
        if successor is None:
            raise forms.ValidationError(
                _("No plaque has this code. Please compare all %(length)d characters.") % {"length": LENGTH}
            )
        return successor

    @property
    def blamed(self) -> str | None:
        # Without a successor only the state itself can be in the way.
        return "successor" if self.cleaned_data["successor"] else None

    def apply(self) -> None:
        data = self.cleaned_data
        retire(plaque=self.plaque, by=self.user, why=data["why"], replaced_by=data["successor"])


class AnotherPageForm(ChangeForm):
    title = _("Another page")
    button = _("Lead it there")
    field_order = ("page", "why")

    page = forms.ModelChoiceField(label=_("Page"), queryset=Page.objects.filter(depth__gt=1), widget=AdminPageChooser)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.plaque.is_blank:
            del self.fields["why"]
        else:
            self.fields["why"].required = True
            self.fields["why"].help_text = _("Stays in the plaque’s history.")

    @classmethod
    def is_offered(cls, plaque: Plaque) -> bool:
        return not plaque.is_retired

    @classmethod
    def label_for(cls, plaque: Plaque) -> str:
        return _("Give it a page") if plaque.is_blank else _("Lead it to another page")

    @property
    def explanation(self) -> str:
        if needs_second_person(self.plaque):
            return _("This plaque is printed and people rely on it: a second person must approve another page.")
        return _("This takes effect at once.")

    def clean_page(self) -> Page:
        page = self.cleaned_data["page"].specific
        if not isinstance(page, BasePage):
            raise forms.ValidationError(_("This page cannot carry a plaque."))
        if not may_edit_page(self.user, page):
            raise forms.ValidationError(_("You may not edit this page. Please choose one of yours."))
        return page

    def apply(self) -> None:
        self.request: LinkRequest | None = None
        if self.plaque.is_blank:
            link_blank(plaque=self.plaque, page=self.cleaned_data["page"], by=self.user)
        else:
            self.request = relink(
                plaque=self.plaque, page=self.cleaned_data["page"], by=self.user, why=self.cleaned_data["why"]
            )

    @property
    def done(self) -> str:
        names = {"code": self.plaque.printed_code, "page": self.cleaned_data["page"].get_admin_display_title()}
        if self.request is not None:
            return _("Asked for: plaque %(code)s to “%(page)s”. A second person decides.") % names
        return _("Plaque %(code)s leads to “%(page)s” now.") % names


# By the name that stands in the address.
CHANGES: dict[str, type[ChangeForm]] = {
    "install": InstallForm,
    "damaged": DamagedForm,
    "lost": LostForm,
    "retire": RetireForm,
    "page": AnotherPageForm,
}
