"""Factories of our models: what a test does not say is plausible."""

import factory
import wagtail_factories
from wagtail.models import Locale

from heritage.models import HeritageIndexPage, HeritageSitePage
from media.models import Picture
from streets.models import (
    FoodVendorPage,
    Programme,
    ProgrammeWording,
    ShopCategory,
    ShopCategoryWording,
    ShopPage,
    StreetIndexPage,
    StreetPage,
)
from wardmark.base.models import BasePage, HomePage, StandardPage


class PictureFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = Picture


class WardPageFactory(wagtail_factories.PageFactory):
    """A live page; its slug comes from its title as in the admin."""

    slug = ""
    live = True

    class Meta:
        abstract = True


class HomePageFactory(WardPageFactory):
    title = "Phường Thử"

    class Meta:
        model = HomePage


class StandardPageFactory(WardPageFactory):
    title = factory.Sequence(lambda n: f"Trang {n}")

    class Meta:
        model = StandardPage


class HeritageIndexPageFactory(WardPageFactory):
    title = "Di tích"

    class Meta:
        model = HeritageIndexPage


class HeritageSitePageFactory(WardPageFactory):
    title = factory.Sequence(lambda n: f"Đình số {n}")
    summary = "Ngôi đình giữa làng."

    class Meta:
        model = HeritageSitePage


class StreetIndexPageFactory(WardPageFactory):
    title = "Tuyến phố"

    class Meta:
        model = StreetIndexPage


class StreetPageFactory(WardPageFactory):
    title = factory.Sequence(lambda n: f"Phố thử {n}")

    class Meta:
        model = StreetPage


class ShopPageFactory(WardPageFactory):
    title = factory.Sequence(lambda n: f"Cửa hàng Minh Hoạ {n}")

    class Meta:
        model = ShopPage


class FoodVendorPageFactory(WardPageFactory):
    title = factory.Sequence(lambda n: f"Phở Minh Hoạ {n}")

    class Meta:
        model = FoodVendorPage


class ShopCategoryFactory(factory.django.DjangoModelFactory):
    key = factory.Sequence(lambda n: f"category-{n}")

    class Meta:
        model = ShopCategory
        skip_postgeneration_save = True

    @factory.post_generation
    def names(self, create, extracted, **kwargs):
        for language, name in (extracted or {"vi": "Phở", "en": "Noodle soup"}).items():
            self.wordings.add(ShopCategoryWording(language=language, name=name))
        self.save()


class ProgrammeFactory(factory.django.DjangoModelFactory):
    key = factory.Sequence(lambda n: f"programme-{n}")

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    @factory.post_generation
    def names(self, create, extracted, **kwargs):
        for language, name in (extracted or {"vi": "Không dùng tiền mặt", "en": "Cashless"}).items():
            self.wordings.add(ProgrammeWording(language=language, name=name))
        self.save()


def translate(page: BasePage, title: str, language: str = "en") -> BasePage:
    """Publish a page's translation; its parent must have one."""
    translation = page.copy_for_translation(Locale.objects.get(language_code=language))
    translation.title = title
    translation.save_revision().publish()
    translation.refresh_from_db()
    return translation
