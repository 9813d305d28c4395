import pytest

from tests.factories import ShopPageFactory, StreetIndexPageFactory, StreetPageFactory, translate
from tests.streets.accounts import active


@pytest.fixture
def street(ward):
    """A street in both languages."""
    index = StreetIndexPageFactory(parent=ward.homes["vi"])
    translate(index, "Streets")
    street = StreetPageFactory(parent=index, title="Phố Thử")
    translate(street, "Trial Street")
    return street


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
