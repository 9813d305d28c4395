"""A language of the site is one of the admin's too."""

from wagtail.models import Locale

from wardmark.base.languages import content_languages


def make_locales(**kwargs) -> None:
    """Let editors translate into every language of the site; called by `migrate`."""
    for code, _name in content_languages():
        Locale.objects.get_or_create(language_code=code)
