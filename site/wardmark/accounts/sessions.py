"""Sessions, wherever the settings keep them."""

from importlib import import_module

from django.conf import settings


def clear_ended() -> None:
    """Remove sessions that have ended by themselves: nothing else does. A chore of the worker."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
