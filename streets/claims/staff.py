"""Who is of the ward's own and therefore keeps no shop."""

from django.contrib.auth.models import AbstractBaseUser


def is_staff(person: AbstractBaseUser) -> bool:
    """Say whether this is somebody of the ward's, who confirms claims and makes none."""
    return person.has_perm("wagtailadmin.access_admin")
