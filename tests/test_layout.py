"""The layout of the house: which folder is a package, what git keeps, who imports whom, and that the ward is data."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("site", "heritage", "streets", "media")


@pytest.fixture
def copy_of_the_sources(tmp_path) -> Path:
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the import rules of the tree in `folder`, as `make lint` does."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": ".:site", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_site_is_a_folder_and_never_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()


@pytest.mark.parametrize("module", ["wardmark", "heritage", "streets", "media"])
def test_our_packages_come_from_this_tree(module):
    imported = __import__(module)
    assert Path(imported.__file__).is_relative_to(ROOT)


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a git checkout")
@pytest.mark.parametrize(
    "path",
    [
        "site/new.py",
        "site/wardmark/settings/new.py",
        "site/wardmark/locale/vi/LC_MESSAGES/django.mo",
        "media/new.py",
        "media/migrations/0002_new.py",
    ],
)
def test_git_does_not_ignore_our_code(path):
    answer = subprocess.run(
        ["git", "check-ignore", "--no-index", "--verbose", path], cwd=ROOT, capture_output=True, check=False
    )
    assert answer.returncode == 1, answer.stdout.decode()


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a git checkout")
@pytest.mark.parametrize("path", ["var/wardmark.sqlite3", "var/secret-key", "var/uploads/photo.jpg"])
def test_git_ignores_what_the_site_writes(path):
    assert subprocess.run(["git", "check-ignore", "--quiet", path], cwd=ROOT, check=False).returncode == 0


def test_the_import_rules_hold(copy_of_the_sources):
    checked = lint_imports(copy_of_the_sources)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("heritage/models.py", "streets.models"),
        ("streets/paper_status.py", "heritage.models"),
        ("site/wardmark/design/storage.py", "wardmark.base.places"),
        ("site/wardmark/base/places.py", "wardmark.plaques.codes"),
        ("site/wardmark/base/places.py", "heritage.models"),
        ("media/uploads.py", "wardmark.base.places"),
        ("site/wardmark/plaques/codes.py", "wardmark.plaques.models"),
    ],
)
def test_an_import_in_the_wrong_direction_is_refused(copy_of_the_sources, importer, imported):
    with (copy_of_the_sources / importer).open("a") as module:
        module.write(f"\nimport {imported}\n")
    checked = lint_imports(copy_of_the_sources)
    assert checked.returncode == 1
    assert imported in checked.stdout


def test_the_ward_is_data_and_never_named_in_code_or_templates():
    kinds = {".py", ".html", ".txt", ".js", ".css", ".svg", ".xml", ".po"}
    naming = [
        str(path.relative_to(ROOT))
        for folder in SOURCES
        for path in (ROOT / folder).rglob("*")
        if path.suffix in kinds and path.name != "demo.py" and "demo_data" not in path.parts
        if any(name in path.read_text().casefold() for name in ("cầu giấy", "cau giay", "caugiay"))
    ]
    assert naming == []
