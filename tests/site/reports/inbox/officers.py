"""Reports and officers to try the inbox with."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import GroupPagePermission

from tests.media.photographs import photograph
from wardmark.reports.models import ReportKind, VisitorReport
from wardmark.reports.photographs import drawn_anew
from wardmark.reports.receiving import receive

NUMBER, KEPT = "024 0000 0021", "+842400000021"
SAID = "Mã trên cổng bị dán đè."


def reported(page=None, *, kind=ReportKind.OTHER, phone="", photos=0, text=SAID) -> VisitorReport:
    return receive(
        kind=kind,
        text=text,
        language="vi",
        visitor=None,
        page=page,
        phone=phone,
        has_consent=bool(phone),
        photos=[drawn_anew(ContentFile(photograph(), name="anh.jpg")) for _ in range(photos)],
    )


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("sau.jpg", photograph(), content_type="image/jpeg")


def officer_of(page, editor, name: str):
    """Somebody with an editor's rights, but over the pages under one page alone."""
    group = editor.groups.get()
    own = type(group).objects.create(name=name)
    own.permissions.set(group.permissions.all())
    for permission in GroupPagePermission.objects.filter(group=group):
        GroupPagePermission.objects.create(group=own, page=page, permission=permission.permission)
    person = type(editor).objects.create_user(name)
    person.groups.add(own)
    return person


def close_account(person) -> None:
    type(person).objects.filter(pk=person.pk).update(is_active=False)


# How somebody comes to have nothing in hand any more.
GOES = {"deleted": lambda person: person.delete(), "closed": close_account}
