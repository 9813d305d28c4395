"""The words of installed packages that bring no Vietnamese of their own: docs/decisions/0037-borrowed-words.md.

They are translated beside the site's own catalogue, in `BORROWED_WORDS`, never in it: what a package or the site itself
translates is left alone, and a word that a package has learned since is dropped here.
"""

from pathlib import Path

import django
import polib
from django.apps import apps
from django.conf import settings

LANGUAGE = "vi"
# Texts of Python and templates, and those of scripts.
DOMAINS = ("django", "djangojs")

# What gettext tells texts apart by: the context, if any, and the text.
Key = tuple[str | None, str]


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def catalogue_path(folder: Path, domain: str, language: str = LANGUAGE) -> Path:
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def words_to_borrow(domain: str) -> dict[Key, polib.POEntry]:
    """Every text of the installed packages that neither they nor the site has in Vietnamese, as they list it."""
    folders = _packages()
    known = set()
    for folder in [*folders.values(), *(path for path in settings.LOCALE_PATHS if path != settings.BORROWED_WORDS)]:
        compiled = catalogue_path(folder, domain).with_suffix(".mo")
        if compiled.exists():
            known |= {key(entry) for entry in polib.mofile(str(compiled))}
    missing: dict[Key, polib.POEntry] = {}
    for name, folder in folders.items():
        for entry in _texts(folder, domain):
            if key(entry) in known:
                continue
            first = missing.setdefault(key(entry), _untranslated(entry, package=name))
            # A package may use a text alone that another counts with: gettext keeps both in one entry.
            first.msgid_plural = first.msgid_plural or entry.msgid_plural
    return missing


def _packages() -> dict[str, Path]:
    """Where the installed packages keep their catalogues; Django's last, as its words are the most general."""
    folders = {config.name: Path(config.path) / "locale" for config in apps.get_app_configs()}
    return {**folders, "django": Path(django.__file__).parent / "conf" / "locale"}


def _texts(folder: Path, domain: str) -> list[polib.POEntry]:
    """The texts of one package: of its English catalogue, or, where it has none, of all its translations."""
    english = catalogue_path(folder, domain, "en")
    paths = [english] if english.exists() else sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po"))
    return [entry for path in paths for entry in polib.pofile(str(path)) if not entry.obsolete]


def _untranslated(entry: polib.POEntry, *, package: str) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgstr="" if not entry.msgid_plural else None,
        msgstr_plural={0: ""} if entry.msgid_plural else {},
        comment=package,
        flags=[flag for flag in entry.flags if flag.endswith("-format")],
    )
