"""Who somebody is, by telephone number or user name, and password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from wardmark.accounts import sign_in_attempts
from wardmark.accounts.models import User
from wardmark.accounts.people import person_named


class PhoneOrNameBackend(ModelBackend):
    """Django's own rights of people; the name of a sign-in may be a number, and tries are counted.

    Here and not in a form, so that no form can forget it: Wagtail's own sign-in comes here as well.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **given: Any
    ) -> User | None:
        typed = given.get(User.USERNAME_FIELD) if username is None else username
        if typed is None or password is None:
            return None
        person = person_named(typed)
        tried = sign_in_attempts.whose(person, typed)
        places = sign_in_attempts.begin(request, tried)
        if places is None:
            # Not even the right one is looked at.
            raise PermissionDenied
        if person is None:
            # As much work as for somebody who exists, so that the time tells nothing.
            User().set_password(password)
            return None
        if not person.check_password(password) or not self.user_can_authenticate(person):
            return None
        sign_in_attempts.succeeded(request, tried, places)
        return person
