"""What the page tells: names, texts in each language, where the shop is and how it is reached."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_permissions_policy.decorators import permissions_policy_override
from wagtail.models import Site

from streets.portal.forms.changing import ChangeForm
from streets.portal.forms.place import ContactForm, PlaceForm
from streets.portal.forms.words import NamesForm, WordsForm
from streets.portal.guard import Kept
from streets.portal.views.changing import ChangeView
from wardmark.base.languages import content_languages, source_language, translated_name
from wardmark.base.models import WardSettings

# The screen of the place alone may ask the phone where it is.
MAY_ASK_FOR_POSITION = settings.PERMISSIONS_POLICY | {"geolocation": ["self"]}


class NamesView(ChangeView):
    form_class = NamesForm
    title = gettext_lazy("Name and what you sell")


class WordsView(ChangeView):
    """The texts in one language of the site that the shop has a page in."""

    form_class = WordsForm

    def setup(self, request: HttpRequest, kept: Kept, **kwargs: Any) -> None:
        super().setup(request, kept, **kwargs)
        self.language = kwargs["language"]
        has_page = any(page.locale.language_code == self.language for page in kept.shop.pages.all())
        if self.language not in dict(content_languages()) or not has_page:
            raise Http404

    @property
    def title(self) -> str:
        if self.language == source_language():
            return _("Description")
        return _("Texts in %(language)s") % {"language": translated_name(self.language)}

    def form_options(self) -> dict[str, Any]:
        return {"language": self.language}


@method_decorator(permissions_policy_override(MAY_ASK_FOR_POSITION), name="dispatch")
class PlaceView(ChangeView):
    form_class = PlaceForm
    template_name = "portal/place.html"
    title = gettext_lazy("Address and place on the map")
    note = gettext_lazy("A place that moves by more than 30 m is looked at first.")

    def form_options(self) -> dict[str, Any]:
        site = Site.find_for_request(self.request)
        return {"boundary": WardSettings.for_site(site).boundary_rings if site else []}

    def context(self, form: ChangeForm) -> dict[str, Any]:
        page = self.kept.source_page
        return super().context(form) | {"pin": page.position if page else None}


class ContactView(ChangeView):
    form_class = ContactForm
    title = gettext_lazy("Phone and links")
    note = gettext_lazy("A link to a site that is not known here is looked at first.")
