"""The admin of the versions installed speaks Vietnamese throughout, and no word of theirs or of ours is replaced."""

import json
import re
import unicodedata
from pathlib import Path

import django
import polib
import pytest
import wagtail
import wagtail_localize
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import RequestFactory
from django.utils.translation import gettext, ngettext, override, pgettext
from django.utils.translation.trans_real import DjangoTranslation
from wagtail.admin.views.i18n import js_catalog

from wardmark.base.borrowed_words import DOMAINS, catalogue_path, key, words_to_borrow

PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sdr%]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^<>]*>")


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def name(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}: {entry.msgid}" if entry.msgctxt else entry.msgid


def english(package, folder: str, domain: str) -> list[polib.POEntry]:
    path = Path(package.__file__).parent / folder / "locale/en/LC_MESSAGES" / f"{domain}.po"
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    assert len(entries) > 5, path
    return entries


def differing(pattern: re.Pattern[str], catalogue: polib.POFile) -> list[str]:
    """The texts whose Vietnamese has other parts of this pattern than the English (with a number: that of many)."""
    return [
        name(entry)
        for entry in catalogue
        for text in translations(entry)
        if sorted(set(pattern.findall(text))) != sorted(set(pattern.findall(entry.msgid_plural or entry.msgid)))
    ]


@pytest.fixture(scope="module", params=DOMAINS)
def domain(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def catalogue(domain) -> polib.POFile:
    return polib.pofile(str(catalogue_path(settings.BORROWED_WORDS, domain)))


@pytest.mark.parametrize(
    ("package", "folder", "domain"),
    [
        *((wagtail, folder, "django") for folder in ("", "admin", "documents", "images", "users", "snippets", "sites")),
        *((wagtail, f"contrib/{folder}", "django") for folder in ("redirects", "settings")),
        (wagtail, "admin", "djangojs"),
        *((wagtail_localize, folder, "django") for folder in ("", "locales")),
        (wagtail_localize, "", "djangojs"),
        *((django, folder, "django") for folder in ("conf", "contrib/auth")),
    ],
)
def test_every_text_of_the_admin_has_vietnamese(package, folder, domain):
    answered = {message[0] if isinstance(message, tuple) else message for message in merged(domain)}
    missing = [
        name(entry)
        for entry in english(package, folder, domain)
        if (f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid) not in answered
    ]
    assert missing == [], "put it into Vietnamese: make borrowed-words"


def merged(domain: str) -> list[str | tuple[str, int]]:
    """Every text that Django answers in Vietnamese, whoever translated it."""
    return list(DjangoTranslation("vi", domain=domain)._catalog.keys())


def test_a_text_that_nobody_has_is_missed():
    assert "No such text is anywhere." not in merged("django")


def test_the_catalogue_holds_the_texts_that_lack_vietnamese_and_no_other(domain, catalogue):
    here, wanted = {key(entry): entry for entry in catalogue}, words_to_borrow(domain)
    assert len(here) == len(catalogue) > 50
    assert wanted.keys() - here.keys() == set(), "run: make borrowed-words"
    assert here.keys() - wanted.keys() == set(), (
        "gone, or translated by its package or the site now: run make borrowed-words; "
        "if the site means something else by it, give the site's text a context"
    )
    assert {k: e.msgid_plural for k, e in here.items()} == {k: e.msgid_plural for k, e in wanted.items()}


def test_nothing_is_left_empty_or_fuzzy(catalogue):
    assert [name(entry) for entry in catalogue if not all(text.strip() for text in translations(entry))] == []
    assert [name(entry) for entry in catalogue if entry.fuzzy] == []


def test_placeholders_and_tags_are_those_of_the_english(catalogue):
    assert differing(PLACEHOLDER, catalogue) == []
    assert differing(TAG, catalogue) == []


def test_a_lost_placeholder_and_a_lost_tag_are_noticed():
    wrong = polib.POFile()
    wrong.append(polib.POEntry(msgid="Page <b>%(page)s</b> of {total}", msgstr="Trang <b>%(trang)s</i> / {total}"))
    assert differing(PLACEHOLDER, wrong) == differing(TAG, wrong) == ["Page <b>%(page)s</b> of {total}"]


def test_line_ends_and_spaces_at_either_end_are_kept(catalogue):
    def ends(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [name(e) for e in catalogue for text in translations(e) if ends(text) != ends(e.msgid)] == []


def test_vietnamese_has_one_form_for_every_number(catalogue):
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert {tuple(entry.msgstr_plural) for entry in catalogue if entry.msgid_plural} == {(0,)}


def test_letters_are_composed_and_no_ward_is_named(catalogue):
    texts = [text for entry in catalogue for text in translations(entry)]
    assert [text for text in texts if unicodedata.normalize("NFC", text) != text] == []
    assert [text for text in texts if "cầu giấy" in text.lower()] == []


def test_the_compiled_catalogue_says_what_the_source_says(domain, catalogue):
    compiled = polib.mofile(str(catalogue_path(settings.BORROWED_WORDS, domain).with_suffix(".mo")))
    assert {key(entry): translations(entry) for entry in compiled} == {
        key(entry): translations(entry) for entry in catalogue
    }, "run: make borrowed-words"


def test_the_site_keeps_its_own_words():
    own = [e for e in polib.pofile(str(catalogue_path(settings.LOCALE_PATHS[0], "django"))) if not e.msgid_plural]
    assert settings.LOCALE_PATHS[-1] == settings.BORROWED_WORDS != settings.LOCALE_PATHS[0]
    with override("vi"):
        said = {name(e): pgettext(e.msgctxt, e.msgid) if e.msgctxt else gettext(e.msgid) for e in own}
    assert said == {name(e): e.msgstr for e in own}


def test_no_word_that_a_package_has_in_vietnamese_is_replaced(domain, catalogue):
    folders = [Path(django.__file__).parent / "conf", *(Path(config.path) for config in apps.get_app_configs())]
    paths = [folder / f"locale/vi/LC_MESSAGES/{domain}.mo" for folder in folders]
    theirs = {key(entry) for path in paths if path.exists() for entry in polib.mofile(str(path))}
    assert len(theirs) > 20
    assert {key(entry) for entry in catalogue} & theirs == set()


def test_numbers_are_counted_in_vietnamese():
    with override("vi"):
        assert {ngettext("%(num)d week", "%(num)d weeks", number) for number in (1, 2)} == {"%(num)d tuần"}


def test_scripts_of_the_admin_get_vietnamese():
    with override("vi"):
        answer = js_catalog(RequestFactory().get("/")).content.decode()
    catalogue = json.loads(re.search(r"newcatalog = (\{.*?\});\n", answer, re.DOTALL)[1])
    wanted = [key(entry)[1] for entry in english(wagtail, "admin", "djangojs")]
    assert [text for text in wanted if text not in catalogue] == []


def test_the_command_drops_what_is_gone_and_lists_what_is_new(tmp_path, settings, capsys):
    here = tmp_path / "borrowed"
    for domain in DOMAINS:
        path = catalogue_path(here, domain)
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = polib.pofile(str(catalogue_path(settings.BORROWED_WORDS, domain)))
        entries.save(str(path))
    changed = polib.pofile(str(catalogue_path(here, "djangojs")))
    known, *_others = changed
    changed.remove(next(entry for entry in changed if entry.msgid == "Broken link"))
    changed.append(polib.POEntry(msgid="A text of an earlier version", msgstr="Lời của bản cũ"))
    changed.save()
    settings.LOCALE_PATHS, settings.BORROWED_WORDS = [settings.LOCALE_PATHS[0], here], here

    call_command("borrowed_words")

    assert "djangojs: 1 dropped, 1 to be translated\n  wagtail.admin: Broken link\n" in capsys.readouterr().out
    renewed = polib.pofile(str(catalogue_path(here, "djangojs")))
    assert renewed.find("Broken link").msgstr == ""
    assert renewed.find("A text of an earlier version") is None
    assert renewed.find(known.msgid).msgstr == known.msgstr != ""
    assert renewed.header == changed.header
    assert catalogue_path(here, "djangojs").with_suffix(".mo").exists()
