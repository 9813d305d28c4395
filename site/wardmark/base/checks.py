"""System checks on the languages of the site."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.checks import CheckMessage, Error

from wardmark.base.languages import content_languages, source_language


def languages(app_configs, **kwargs) -> list[CheckMessage]:
    """Check CONTENT_LANGUAGES: the source language first, those of the interface among them, the others known."""
    codes = [code for code, _name in content_languages()]
    faults = [
        Error(
            f"CONTENT_LANGUAGES names “{code}”, which is no language Django knows.",
            hint="Codes are written as in ko, ja, fr, zh-hans (simplified Chinese) or zh-hant (traditional).",
            id="base.E001",
        )
        for code in codes
        if "name_local" not in LANG_INFO.get(code, {})
    ]
    if codes[:1] != [source_language()]:
        faults.append(
            Error(
                f"CONTENT_LANGUAGES must begin with {source_language()}, in which everything is written first.",
                hint=f"For example CONTENT_LANGUAGES={source_language()},en,ko",
                id="base.E002",
            )
        )
    missing = [code for code, _name in settings.INTERFACE_LANGUAGES if code not in codes]
    if missing:
        faults.append(
            Error(
                f"CONTENT_LANGUAGES lacks {', '.join(missing)}.",
                hint="Vietnamese and English are always there; other languages come after them.",
                id="base.E003",
            )
        )
    return faults
