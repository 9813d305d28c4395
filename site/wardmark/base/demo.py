"""The demonstration ward, bottom part: languages, home pages, settings. Other apps add theirs in their own demo.py."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string, module_has_submodule
from wagtail.models import Locale, Page, Site

from wardmark.base.languages import source_language
from wardmark.base.models import BasePage, HomePage, StandardPage, WardSettings, WardWording

Pages = dict[str, BasePage]
Words = dict[str, dict[str, Any]]

# What the demonstration is written in.
LANGUAGES = ("vi", "en")

WARD: Words = {
    "vi": {
        "title": "Phường Cầu Giấy",
        "summary": (
            "Quét mã trên biển để nghe một ngôi chùa kể chuyện, xem một tuyến phố có gì, "
            "hay biết một quán ăn mở cửa lúc nào."
        ),
    },
    "en": {
        "title": "Cầu Giấy Ward",
        "summary": (
            "Scan the code on a plaque to hear what a pagoda has seen, "
            "find out what a street offers, or when a place to eat opens."
        ),
    },
}
WORDINGS: Words = {
    "vi": {
        "name": "Phường Cầu Giấy",
        "city": "Thành phố Hà Nội",
        "address": "Số 10 phố Phạm Văn Bạch, phường Cầu Giấy, TP Hà Nội",
        "contact": "Trang trình diễn: nội dung là dữ liệu minh hoạ, chờ phường xác nhận.",
    },
    "en": {
        "name": "Cầu Giấy Ward",
        "city": "Hà Nội",
        "address": "10 Phạm Văn Bạch Street, Cầu Giấy Ward, Hà Nội",
        "contact": "A demonstration: its contents are sample data awaiting the ward’s confirmation.",
    },
}
ABOUT: Words = {
    "vi": {
        "title": "Về các tấm biển",
        "summary": "Mỗi tấm biển mang một mã riêng, không đổi dù trang được đổi tên hay chuyển chỗ.",
        "story": [
            ("heading", "Quét một tấm biển"),
            (
                "paragraph",
                "<p>Mở máy ảnh của điện thoại và hướng vào ô vuông. Không cần cài ứng dụng, không cần đăng nhập, "
                "không phải trả tiền.</p>",
            ),
            ("heading", "Khi mã không quét được"),
            (
                "paragraph",
                "<p>Dưới mỗi ô vuông có bảy ký tự. Nhập các ký tự ấy trên trang này cũng mở đúng nơi bạn đang đứng. "
                "Chữ hoa, chữ thường, dấu cách hay dấu gạch nối đều được.</p>",
            ),
        ],
    },
    "en": {
        "title": "About the plaques",
        "summary": "Each plaque has a code of its own that stays the same when its page is renamed or moved.",
        "story": [
            ("heading", "Scanning a plaque"),
            (
                "paragraph",
                "<p>Open your phone’s camera and point it at the square. There is no app to install, nothing to sign "
                "in to and nothing to pay.</p>",
            ),
            ("heading", "When it does not scan"),
            (
                "paragraph",
                "<p>Seven characters stand under each square. Typing them on this site opens the same page. "
                "Capitals, spaces and hyphens do not matter.</p>",
            ),
        ],
    },
}


@dataclass(frozen=True, slots=True)
class DemoWard:
    """What an app's `load(ward)` builds on: the home page in each language.

    An app that others build on, but whose own part needs theirs, appends a function to `afterwards`: it is called
    once all apps have loaded.
    """

    homes: Pages
    afterwards: list[Callable[[], None]] = dataclass_field(default_factory=list)


@transaction.atomic
def load_demo(say: Callable[[str], None]) -> bool:
    """Load the demonstration ward once; return False, with nothing changed, where a home page exists already."""
    if HomePage.objects.exists():
        return False
    ward = _load_home()
    for load in _loaders():
        say(f"… {load.__module__.rpartition('.')[0]}")
        load(ward)
    for finish in ward.afterwards:
        finish()
    return True


def _loaders() -> Iterable[Callable[[DemoWard], None]]:
    """Each app's own `demo.load`, those that others build on first."""
    for config in reversed(list(apps.get_app_configs())):
        if config.name != "wardmark.base" and module_has_submodule(config.module, "demo"):
            yield import_string(f"{config.name}.demo.load")


def _load_home() -> DemoWard:
    for language, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=language)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.root_page_id else None
    # The slugs never show: home pages are at /vi/ and /en/.
    home = HomePage(locale=Locale.objects.get(language_code=source_language()), slug="ward")
    homes = publish({language: Page.get_first_root_node() for language in WARD}, home, WARD)
    site.root_page = homes[source_language()]
    site.site_name = WARD[source_language()]["title"]
    site.save()
    if welcome is not None:
        welcome.delete()

    ward = WardSettings.for_site(site)
    ward.seal_letters = "CG"
    ward.wordings = [WardWording(language=language, **words) for language, words in WORDINGS.items()]
    ward.save()
    publish(homes, StandardPage(), ABOUT)
    return DemoWard(homes)


def words_from(row: dict[str, Any], *stories: str) -> Words:
    """Return the words of a page by language from a row of a demonstration's JSON; `stories` are its StreamFields."""
    return {
        language: row[language]
        | {name: [(block["type"], block["value"]) for block in row[language][name]] for name in stories}
        for language in LANGUAGES
    }


def publish(parents: Pages, page: BasePage, words: Words) -> Pages:
    """Publish a page under its parent in the source language, and its translations under theirs.

    `words` holds, for each language, the fields that differ; the others are those of `page`.
    """
    source = source_language()
    for field, value in words[source].items():
        setattr(page, field, value)
    parents[source].add_child(instance=page)
    page.save_revision().publish()
    pages = {source: page}
    for language in words:
        if language == source:
            continue
        translation = page.copy_for_translation(Locale.objects.get(language_code=language), copy_parents=False)
        for field, value in words[language].items():
            setattr(translation, field, value)
        translation.slug = ""
        translation.full_clean()
        translation.save_revision().publish()
        pages[language] = translation
    return pages
