import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from tests.factories import HeritageSitePageFactory, StandardPageFactory, translate
from wardmark.plaques.linking import issue_blanks
from wardmark.plaques.models import Plaque
from wardmark.plaques.rights import may, those_open_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(heritage, django_user_model):
    """May change plaques, and edits the heritage sites in Vietnamese only."""
    group = Group.objects.create(name="Di tích")
    group.permissions.add(Permission.objects.get(content_type__app_label="plaques", codename="change_plaque"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=heritage, permission=change)
    user = django_user_model.objects.create_user("giu-di-tich")
    user.groups.add(group)
    return user


def test_a_plaque_is_open_to_who_edits_one_of_its_pages(keeper, heritage, ward):
    site = HeritageSitePageFactory(parent=heritage)
    translate(site, "Communal House")
    elsewhere = StandardPageFactory(parent=ward.homes["vi"])
    assert may(keeper, Plaque.objects.for_page(site))
    assert not may(keeper, Plaque.objects.for_page(elsewhere))


def test_editing_the_page_is_not_enough_without_the_right_itself(keeper, heritage):
    keeper.groups.get().permissions.clear()
    assert not may(keeper, Plaque.objects.for_page(HeritageSitePageFactory(parent=heritage)))


def test_when_the_page_is_gone_the_nearest_page_above_decides(keeper, heritage, ward):
    inside = Plaque.objects.for_page(HeritageSitePageFactory(parent=heritage))
    outside = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
    Page.objects.get(translation_key=inside.page_key).delete()
    Page.objects.get(translation_key=outside.page_key).delete()
    assert those_open_to(keeper, [inside, outside]) == {inside.pk}


def test_a_blank_plaque_is_open_to_all_who_have_the_right(keeper, ward):
    assert may(keeper, issue_blanks(count=1, by=None)[0])


def test_asking_for_many_costs_three_queries_at_most(keeper, heritage, django_assert_max_num_queries):
    plaques = [Plaque.objects.for_page(HeritageSitePageFactory(parent=heritage)) for _number in range(5)]
    Page.objects.get(translation_key=plaques[0].page_key).delete()
    keeper = type(keeper).objects.get(pk=keeper.pk)
    # The rights of the person over models and over pages come on top, once.
    with django_assert_max_num_queries(3 + 2):
        assert len(those_open_to(keeper, plaques)) == 5
