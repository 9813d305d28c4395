import pytest
from django.contrib.auth.models import Group

from tests.factories import StandardPageFactory
from tests.site.reports.inbox.officers import officer_of


@pytest.fixture
def page(ward):
    return StandardPageFactory(parent=ward.homes["vi"], title="Trang Thử")


@pytest.fixture
def other_page(ward):
    return StandardPageFactory(parent=ward.homes["vi"], title="Trang Khác")


@pytest.fixture
def data_officer(editor, django_user_model):
    """Somebody who answers requests about personal data and has no other right."""
    person = django_user_model.objects.create_user("baove")
    person.groups.add(Group.objects.get(name="Data protection officers"))
    return person


@pytest.fixture
def officer_client(client, data_officer):
    client.force_login(data_officer)
    return client


@pytest.fixture
def colleague(editor, django_user_model):
    """Another of the ward's editors."""
    person = django_user_model.objects.create_user("dongnghiep", first_name="Đồng", last_name="Nghiệp")
    person.groups.set(editor.groups.all())
    return person


@pytest.fixture
def elsewhere(editor, other_page):
    """An officer of another page alone."""
    return officer_of(other_page, editor, "noikhac")
