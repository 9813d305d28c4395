import pytest

from streets.models import StreetPage
from tests.conftest import WARD
from tests.factories import ShopPageFactory, StreetIndexPageFactory, StreetPageFactory, translate
from tests.standing import Layer, fetch_page, pages_of, standing
from tests.streets.accounts import active
from wardmark.base.demo import DemoWard


def _build_street(ward: DemoWard) -> StreetPage:
    index = StreetIndexPageFactory(parent=ward.homes["vi"])
    translate(index, "Streets")
    street = StreetPageFactory(parent=index, title="Phố Thử")
    translate(street, "Trial Street")
    return street


STREET = Layer("street", _build_street, fetch_page, on=WARD)


@pytest.fixture
@standing(STREET)
def street(ward) -> StreetPage:
    """A street in both languages."""
    return pages_of(STREET, ward)


@pytest.fixture
def shop(street):
    """A shop in both languages; the record behind its pages is `shop.shop`."""
    page = ShopPageFactory(parent=street, title="Quán Thử")
    translate(page, "Trial Shop")
    return page


@pytest.fixture
def second_officer(editor, django_user_model):
    """Another member of the ward's editors."""
    user = django_user_model.objects.create_user("bientap2", password="bientap-2")
    user.groups.set(editor.groups.all())
    return user


@pytest.fixture
def account(shop, editor, second_officer):
    """The active account of the shop: asked for by the editor, approved by the second officer."""
    return active(shop.shop, editor, second_officer)
