"""Every address of reports against everybody who may not have what is behind it; a new one must find its row here."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.site.reports.conftest import PHONE, photo
from wardmark.reports.models import ReportState, VisitorReport
from wardmark.reports.urls import urlpatterns

pytestmark = pytest.mark.django_db
SECRETS = ("Telltale words", "3833", "Telltale answer")

# By name: its arguments, and what a stranger without code and cookie is answered by GET and by POST.
PUBLIC = {
    "new": ([], 200, 422),
    "thanks": ([], 302, 405),
    "follow": ([], 200, 422),
    "answer_photo": (["nonsense"], 404, 405),
}


@pytest.fixture
def answered(report_of) -> VisitorReport:
    report = report_of(text="Telltale words", phone=PHONE, has_consent=True, photos=[photo()])
    report.answer_photo.save("answer.jpg", ContentFile(photo().read()), save=False)
    report.state, report.closed_at, report.answer = ReportState.ANSWERED, timezone.now(), "Telltale answer"
    report.save()
    return report


def test_no_address_is_forgotten():
    assert {pattern.name for pattern in urlpatterns} == set(PUBLIC)
    assert "reports" in get_resolver().namespace_dict or reverse("reports:new")


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["stranger", "vendor", "editor"])
def test_nobody_reads_or_changes_a_report_by_its_addresses(name, method, who, answered, editor, django_user_model):
    client = Client()
    if who == "editor":
        client.force_login(editor)
    if who == "vendor":
        client.force_login(django_user_model.objects.create_user("vendor"))
    arguments, by_get, by_post = PUBLIC[name]
    before = list(VisitorReport.objects.values())
    address = reverse(f"reports:{name}", args=arguments)
    for query in ("", f"?report={answered.pk}&pk={answered.pk}&code={answered.tracking_code}"):
        response = getattr(client, method)(address + query)
        assert response.status_code == (by_get if method == "get" else by_post)
        body = response.content.decode()
        assert not any(secret in body for secret in SECRETS)
    assert list(VisitorReport.objects.values()) == before


def test_a_token_of_one_purpose_opens_nothing_of_another(answered, client):
    from wardmark.reports import following, photographs, thanking

    token = following.Followed(answered).photo_token
    client.cookies[thanking.COOKIE] = token
    assert client.get(reverse("reports:thanks")).status_code == 302
    assert photographs.held(token) is None
    assert following.answer_photo(photographs.hold(photo())) is None
