"""`DJANGO_ENV` chooses the settings."""

import pytest

from tests.site.settings.environments import manage
from wardmark.settings import settings_module


@pytest.mark.parametrize(
    ("environment", "module"),
    [(None, "base"), ("development", "base"), ("production", "production")],
)
def test_the_environment_chooses_the_settings_and_development_is_the_default(monkeypatch, environment, module):
    monkeypatch.delenv("DJANGO_ENV", raising=False)
    if environment:
        monkeypatch.setenv("DJANGO_ENV", environment)
    assert settings_module() == f"wardmark.settings.{module}"


@pytest.mark.parametrize("environment", ["prod", "Production", ""])
def test_a_mistyped_environment_is_refused_with_the_known_ones_and_without_a_traceback(tmp_path, environment):
    refused = manage("check", DJANGO_ENV=environment, VAR_DIR=tmp_path)
    assert refused.returncode != 0
    assert refused.stderr.strip() == f"DJANGO_ENV is {environment!r}; it must be one of: development, production"
