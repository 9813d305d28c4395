"""Settings, chosen by one variable: `DJANGO_ENV` is `development` (the default) or `production`."""

import os

ENVIRONMENTS = {"development": "wardmark.settings.base", "production": "wardmark.settings.production"}


def settings_module() -> str:
    """Name the settings module that `DJANGO_ENV` asks for.

    Raises SystemExit for an unknown name: a typo must not start a development server in production.
    """
    environment = os.environ.get("DJANGO_ENV", "development")
    try:
        return ENVIRONMENTS[environment]
    except KeyError:
        known = ", ".join(ENVIRONMENTS)
        raise SystemExit(f"DJANGO_ENV is {environment!r}; it must be one of: {known}") from None
