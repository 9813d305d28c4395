"""The Vietnamese catalogue is complete, compiled, and knows exactly the texts of the source. Run by `make lint`."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "site/wardmark/locale/vi/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def name(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}: {entry.msgid}" if entry.msgctxt else entry.msgid


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_text_is_translated_and_none_is_fuzzy(catalogue):
    assert len(catalogue) > 100
    assert [name(entry) for entry in catalogue if not all(text.strip() for text in texts(entry))] == []
    assert [name(entry) for entry in catalogue if entry.fuzzy] == []


def test_a_translation_keeps_the_placeholders_of_its_text(catalogue):
    wrong = [
        name(entry)
        for entry in catalogue
        for text in texts(entry)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    ]
    assert wrong == []


def test_the_compiled_catalogue_says_what_the_source_says(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {(entry.msgctxt, entry.msgid): texts(entry) for entry in compiled} == {
        (entry.msgctxt, entry.msgid): texts(entry) for entry in catalogue
    }, "run: make translations"


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext (package gettext) is not installed")
def test_the_catalogue_has_every_text_of_the_source_and_no_other(catalogue, tmp_path):
    for folder in ("site", "heritage", "streets", "media"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    options = "--locale vi --no-wrap --no-location --no-obsolete --ignore .venv --ignore var --ignore tests"
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *options.split()],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "wardmark.settings.base",
            "SECRET_KEY": "only for this run",
            "DATABASE_URL": "sqlite://:memory:",
        },
    )
    collected = polib.pofile(str(tmp_path / CATALOGUE.relative_to(ROOT)))
    # A new text may be guessed from a similar one, and is then marked fuzzy.
    found, known = {name(entry) for entry in collected}, {name(entry) for entry in catalogue}
    assert found - known == set(), "missing from the catalogue, run: make translations"
    assert known - found == set(), "no longer in the source, run: make translations"
