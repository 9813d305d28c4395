"""A ward to test on. It is built, not found: tests with real commits wipe what migrations put into the database."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management.commands.flush import Command as Flush
from django.db.backends.base.operations import BaseDatabaseOperations as DatabaseOperations
from django.utils import translation
from wagtail.models import Collection, Locale, Page, Site

from heritage.models import HeritageIndexPage
from streets import claim_permanence, food_permanence
from streets import permanence as payment_permanence
from tests.factories import HeritageIndexPageFactory, HomePageFactory, translate
from tests.standing import Layer, fetch_page, pages_of, prepare_for, standing
from wardmark.accounts.roles import ensure_roles
from wardmark.base.demo import DemoWard
from wardmark.base.models import WardSettings, WardWording
from wardmark.plaques import permanence
from wardmark.reports import permanence as report_permanence


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that touch no database, or show what is the same on every one",
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("--database-only"):
        asks = [item for item in items if _asks_a_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
        items[:] = asks


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    if fixturedef.argname == "_django_db_helper":  # pytest-django opens the database for a test here
        prepare_for(request)


def _asks_a_database(item) -> bool:
    if item.get_closest_marker("any_database"):
        return False
    markers = ("browser", "django_db")
    return any(map(item.get_closest_marker, markers)) or {"db", "transactional_db"} & set(item.fixturenames)


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests():
    """Tests with real commits empty the database after themselves, which plaques and their history refuse.

    What migrations put in and nothing else makes is put in again: a later test finds the database as the first did.
    """
    flush, empty = DatabaseOperations.execute_sql_flush, Flush.handle

    guarded = (permanence, payment_permanence, food_permanence, report_permanence, claim_permanence)

    def unguarded_flush(operations, statements):
        for kept in guarded:
            kept.unguard(operations.connection)
        flush(operations, statements)
        for kept in guarded:
            kept.guard(operations.connection)

    def emptied(command, **options):
        empty(command, **options)
        _put_in_what_migrations_do()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", unguarded_flush)
        patch.setattr(Flush, "handle", emptied)
        yield


def _put_in_what_migrations_do() -> None:
    locale = Locale.objects.get_or_create(language_code="vi")[0]
    Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    translations = ContentType.objects.get_or_create(app_label="wagtail_localize", model="translation")[0]
    Permission.objects.get_or_create(content_type=translations, codename="submit_translation")


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture(autouse=True)
def _source_language(settings):
    """A request leaves its language behind in the thread: the next test would speak it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _fresh_cache():
    for cache in caches.all():
        cache.clear()
    Site.clear_site_root_paths_cache()


def _build_ward() -> DemoWard:
    vietnamese, _ = Locale.objects.get_or_create(language_code="vi")
    english, _ = Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node()
    home = HomePageFactory(parent=root, title="Phường Thử", slug="ward", locale=vietnamese)
    translation = home.copy_for_translation(english)
    translation.title = "Trial Ward"
    translation.save_revision().publish()
    Site.objects.all().delete()
    site = Site.objects.create(hostname="testserver", root_page=home, is_default_site=True, site_name="Thử")
    settings = WardSettings.for_site(site)
    settings.seal_letters = "PT"
    settings.hotline = "024 0000 0000"
    settings.wordings = [
        WardWording(language="vi", name="Phường Thử", city="Hà Nội"),
        WardWording(language="en", name="Trial Ward", city="Hà Nội"),
    ]
    settings.save()
    return DemoWard({"vi": home, "en": translation})


def _fetch_ward(built: DemoWard) -> DemoWard:
    return DemoWard({language: fetch_page(home) for language, home in built.homes.items()})


WARD = Layer("ward", _build_ward, _fetch_ward)


@pytest.fixture
@standing(WARD)
def ward(db) -> DemoWard:
    """Home pages in Vietnamese and English, the site that serves them, and the ward's settings."""
    return pages_of(WARD)


def _build_heritage(ward: DemoWard) -> HeritageIndexPage:
    index = HeritageIndexPageFactory(parent=ward.homes["vi"])
    translate(index, "Heritage")
    return index


HERITAGE = Layer("heritage", _build_heritage, fetch_page, on=WARD)


@pytest.fixture
@standing(HERITAGE)
def heritage(ward) -> HeritageIndexPage:
    """The list of heritage sites, empty yet, in both languages."""
    return pages_of(HERITAGE, ward)


@pytest.fixture
def editor(ward, django_user_model):
    """A signed-in-able member of the ward's editors."""
    group, *_others = ensure_roles()
    user = django_user_model.objects.create_user("bientap", password="bientap-1")
    user.groups.add(group)
    return user


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client
