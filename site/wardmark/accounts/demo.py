"""The people of the demonstration, with passwords made on this machine."""

import json
import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from wardmark.accounts.phones import Phone, give_phone
from wardmark.accounts.roles import ensure_roles

EDITOR, SECOND_OFFICER, VENDOR = "editor", "officer", "vendor"
# Made up: messages of the demonstration go to a file.
VENDOR_PHONE = Phone("+84900000001")


def load(ward: object) -> None:
    """Make the roles, an editor, a second officer to approve what the first asks for, and a vendor.

    Their sign-ins are written where only this account can read them.
    """
    editors, data_protection = ensure_roles()
    editor, editor_password = _person(EDITOR, "Biên tập viên", "Minh Hoạ")
    editor.groups.add(editors)
    officer, officer_password = _person(SECOND_OFFICER, "Cán bộ thứ hai", "Minh Hoạ")
    officer.groups.add(editors, data_protection)
    vendor, vendor_password = _person(VENDOR, "Chủ quán", "Minh Hoạ")
    give_phone(person=vendor, phone=VENDOR_PHONE, proved_at=timezone.now())
    rows = [
        {"role": "Editor", "user": EDITOR, "password": editor_password},
        {"role": "Officer", "user": SECOND_OFFICER, "password": officer_password},
        {"role": "Vendor", "user": VENDOR, "password": vendor_password, "phone": VENDOR_PHONE.shown},
    ]
    path = settings.VAR / "demo-sign-ins.json"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(rows, file, indent=1)


def demo_officers() -> tuple[AbstractUser, AbstractUser]:
    """Return the two officers of the demonstration, for what one asks for and another approves."""
    people = get_user_model().objects
    return people.get(username=EDITOR), people.get(username=SECOND_OFFICER)


def demo_vendor() -> AbstractUser:
    """Return the vendor of the demonstration, for the app whose shop this person keeps."""
    return get_user_model().objects.get(username=VENDOR)


def _person(username: str, last_name: str, first_name: str) -> tuple[AbstractUser, str]:
    # Easy to type on a phone: no capitals, nothing that reads as something else.
    password = "-".join("".join(secrets.choice("23456789abcdefghjkmnpqrstvwxyz") for _ in range(4)) for _ in range(3))
    user = get_user_model().objects.create_user(username, password=password, first_name=first_name, last_name=last_name)
    return user, password
