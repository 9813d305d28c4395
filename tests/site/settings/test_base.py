"""With no variable at all the site works on this machine; each service is one variable."""

import pytest

from tests.site.settings.environments import manage, say


def test_with_no_variable_set_the_site_checks_migrates_and_answers(tmp_path):
    for command in (["check", "--fail-level", "WARNING"], ["migrate", "--verbosity", "0"]):
        done = manage(*command, VAR_DIR=tmp_path)
        assert done.returncode == 0, done.stderr
    status = "__import__('django.test').test.Client().get('/vi/', headers={'host': 'localhost'}).status_code"
    assert say(status, VAR_DIR=tmp_path).endswith("200")
    assert {path.name for path in tmp_path.iterdir()} >= {"wardmark.sqlite3", "secret-key"}


@pytest.mark.parametrize(
    ("host", "debug"),
    [("127.0.0.1", "True"), ("localhost", "True"), ("0.0.0.0", "False")],  # noqa: S104
)
def test_error_pages_with_sources_are_shown_to_this_machine_only(tmp_path, host, debug):
    assert say("settings.DEBUG", HOST=host, VAR_DIR=tmp_path) == debug


def test_a_site_that_names_its_hosts_never_shows_its_sources_unasked(tmp_path):
    assert say("settings.DEBUG", ALLOWED_HOSTS="ward.example", VAR_DIR=tmp_path) == "False"
    assert say("settings.DEBUG", PLAQUE_BASE_URL="https://ward.example", VAR_DIR=tmp_path) == "False"
    assert say("settings.DEBUG", ALLOWED_HOSTS="ward.example", DEBUG="1", VAR_DIR=tmp_path) == "True"


def test_sqlite_connections_wait_write_ahead_and_reach_the_disk(tmp_path):
    pragmas = ["journal_mode", "synchronous", "busy_timeout", "foreign_keys"]
    asked = f"[connection.cursor().execute('PRAGMA ' + name).fetchone()[0] for name in {pragmas}]"
    # 2 is FULL: a commit is on the disk when it returns.
    assert say(asked, VAR_DIR=tmp_path) == "['wal', 2, 20000, 1]"


def test_sqlite_transactions_take_the_write_lock_at_their_beginning(tmp_path):
    asked = "connection.connect(), connection.transaction_mode"
    assert say(asked, VAR_DIR=tmp_path) == "None IMMEDIATE"


def test_a_database_address_chooses_postgresql(tmp_path):
    asked = "connection.vendor, connection.settings_dict['CONN_HEALTH_CHECKS'], connection.settings_dict['OPTIONS']"
    spoken = say(asked, DATABASE_URL="postgres://someone@db.example:5432/ward", VAR_DIR=tmp_path)
    assert spoken == "postgresql True {}"


@pytest.mark.parametrize(
    ("variables", "backend"),
    [
        ({}, "django.core.cache.backends.locmem.LocMemCache"),
        ({"REDIS_URL": "redis://cache.example:6379/1"}, "wardmark.base.cache.FailOpenRedisCache"),
    ],
)
def test_a_redis_address_chooses_redis(tmp_path, variables, backend):
    assert say("settings.CACHES['default']['BACKEND']", VAR_DIR=tmp_path, **variables) == backend


@pytest.mark.parametrize("variables", [{}, {"REDIS_URL": "redis://127.0.0.1:1/1"}])
def test_what_processes_must_agree_on_is_in_no_memory_of_one_process(tmp_path, variables):
    backend = say("settings.CACHES['shared']['BACKEND']", VAR_DIR=tmp_path, **variables)
    assert backend.rpartition(".")[2] in {"CountingFileCache", "FailOpenRedisCache"}


def test_the_printed_address_has_no_slash_at_its_end_and_its_host_is_allowed(tmp_path):
    spoken = say(
        "settings.PLAQUE_BASE_URL, settings.ALLOWED_HOSTS[-1]", PLAQUE_BASE_URL="https://w.example/", VAR_DIR=tmp_path
    )
    assert spoken == "https://w.example w.example"


def test_a_store_of_its_own_host_may_be_shown_by_the_browser_and_nothing_else_changes(tmp_path):
    variables = {
        "MEDIA_S3_BUCKET": "ward",
        "MEDIA_S3_DOCUMENTS_BUCKET": "papers",
        "MEDIA_S3_PUBLIC_HOST": "pictures.example",
    }
    asked = "[str(origin) for origin in settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']]"
    assert say(asked, VAR_DIR=tmp_path, **variables) == "[\"'self'\", 'https://pictures.example']"


def test_further_languages_of_the_contents_are_one_variable(tmp_path):
    languages = say("settings.LANGUAGES[1:]", CONTENT_LANGUAGES="vi, en,ko,fr,ko", VAR_DIR=tmp_path)
    assert languages == "[('en', 'English'), ('ko', '한국어'), ('fr', 'Français')]"
    assert manage("check", CONTENT_LANGUAGES="vi,en,ko", VAR_DIR=tmp_path).returncode == 0
    refused = manage("check", CONTENT_LANGUAGES="vi,en,korean", VAR_DIR=tmp_path)
    assert refused.returncode == 1
    assert "names “korean”" in refused.stderr
