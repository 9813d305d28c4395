import re

import pytest
from django.core.management import call_command


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("static")
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "wardmark.design.storage.FlattenedManifestStorage"},
    }
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def stylesheet(collected) -> str:
    [file] = [
        file
        for file in (collected / "design").glob("site.*.css")
        if re.fullmatch(r"site\.[0-9a-f]{12}\.css", file.name)
    ]
    return file.read_text()


def test_the_stylesheet_is_one_file_with_every_component_in_it(collected):
    css = stylesheet(collected)
    assert "@import" not in css
    for selector in (".site-header", ".card", ".ward-map", ".hero", "--seal", "@font-face"):
        assert selector in css


def test_the_order_of_the_layers_is_kept(collected):
    css = stylesheet(collected)
    declared = re.search(r"@layer ([\w\s,.-]+);", css)[1]
    used = list(dict.fromkeys(re.findall(r"@layer ([\w.-]+) \{", css)))
    assert used
    assert set(used) <= {name.strip() for name in declared.split(",")}


def test_fonts_named_in_it_are_there_under_their_hashed_names(collected):
    urls = re.findall(r'url\("([^"]+)"\)', stylesheet(collected))
    assert len(urls) == 2
    for url in urls:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", url)
        assert (collected / "design" / url).resolve().is_file()
