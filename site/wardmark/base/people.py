"""People as others read of them."""

from django.contrib.auth.models import AbstractBaseUser


def person_name(person: AbstractBaseUser | None) -> str:
    """Return a person's name, else what they sign in with; empty for nobody, as where the account is gone."""
    return (person.get_full_name() or person.get_username()) if person else ""
