import pytest
from django.utils.translation import override

from streets.models import ShopCategory
from tests.factories import ShopCategoryFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "name"), [("vi", "Cốm"), ("en", "Young rice"), ("fr", "Young rice")])
def test_a_record_speaks_the_readers_language_else_english(language, name):
    category = ShopCategoryFactory(names={"vi": "Cốm", "en": "Young rice"})
    with override(language):
        assert str(ShopCategory.objects.get(pk=category.pk)) == name


def test_a_record_written_in_another_language_only_still_says_something():
    category = ShopCategoryFactory(names={"en": "Young rice"})
    with override("vi"):
        assert str(category) == "Young rice"


def test_a_record_without_words_goes_by_its_key():
    assert str(ShopCategory(key="com")) == "com"


def test_words_read_beforehand_cost_no_query_each(django_assert_num_queries):
    for _ in range(3):
        ShopCategoryFactory()
    with override("vi"), django_assert_num_queries(2):
        assert [str(category) for category in ShopCategory.objects.prefetch_related("wordings")] == ["Phở"] * 3
