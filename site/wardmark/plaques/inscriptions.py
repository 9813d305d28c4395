"""The words on a plaque, gathered from its page and the ward's settings."""

from django.conf import settings
from django.utils.translation import gettext, override
from wagtail.models import Page, Site

from wardmark.base.languages import content_languages, in_language, source_language
from wardmark.base.models import WardSettings
from wardmark.plaques.artwork import Inscription
from wardmark.plaques.models import Plaque


def inscription_for(plaque: Plaque, page: Page) -> Inscription:
    """Return what the plaque of this page carries, the same whichever translation is open.

    The name is the source language's; the second name is that of the first other language that has the page.
    """
    names = {language: translation.title for language, translation in plaque.pages.items()}
    languages = [code for code, _name in content_languages() if code in names] or [page.locale.language_code]
    names.setdefault(languages[0], page.title)
    site = page.get_site() or Site.objects.get(is_default_site=True)
    ward = WardSettings.for_site(site)
    wording = in_language(ward.wordings.all(), source_language())
    return Inscription(
        code=plaque.code,
        short_link=plaque.short_link,
        name=names[languages[0]],
        other_name=next((names[code] for code in languages[1:] if names[code] != names[languages[0]]), ""),
        ward=wording.name if wording else settings.WAGTAIL_SITE_NAME,
        seal_letters=ward.seal_letters,
        promise=tuple(_promise(code) for code, _name in content_languages()[:2]),
    )


def _promise(language: str) -> str:
    with override(language):
        return gettext("Scan to read about this place and find the way – no app needed")
