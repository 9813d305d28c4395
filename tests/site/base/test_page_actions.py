"""What Wagtail's admin API would do to a page, past all forms and hooks, is closed."""

import pytest
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("action", PagesAdminAPIViewSet.actions)
def test_no_action_of_the_admins_api_touches_a_page(admin_client, ward, action):
    page = StandardPageFactory(parent=ward.homes["vi"], title="Trang thử")
    page.title = "Trang đổi"
    page.save_revision()
    before = list(Page.objects.order_by("pk").values())
    address = f"/admin/api/main/pages/{page.pk}/action/{action}/"
    sent = {"destination_page_id": ward.homes["en"].pk, "locale": "en", "revision_id": page.latest_revision_id}
    assert admin_client.post(address, sent, content_type="application/json").status_code == 404
    assert list(Page.objects.order_by("pk").values()) == before


def test_the_admins_api_still_lists_pages(admin_client, ward):
    assert admin_client.get(f"/admin/api/main/pages/{ward.homes['vi'].pk}/").status_code == 200
