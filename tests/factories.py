"""Factories of our models: what a test does not say is plausible."""

import factory
import wagtail_factories
from wagtail.models import Locale

from heritage.models import (
    HeritageIndexPage,
    HeritageKind,
    HeritageKindWording,
    HeritageSitePage,
    PersonPage,
    TrailIndexPage,
    TrailPage,
    TrailStop,
)
from media.models import Audio, Picture
from streets.models import (
    Bank,
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


class AudioFactory(factory.django.DjangoModelFactory):
    """A recording of 90 seconds with its words; the file is not there to be played."""

    title = factory.Sequence(lambda n: f"Thuyết minh {n}")
    file = factory.Sequence(lambda n: f"media/guide-{n}.mp3")
    language = "vi"
    duration = 90.0
    size = 360_000
    transcript = "Kính chào quý khách."

    class Meta:
        model = Audio


class FilmFactory(AudioFactory):
    """A film of 90 seconds with its words; the file is not there to be seen."""

    title = factory.Sequence(lambda n: f"Phim {n}")
    file = factory.Sequence(lambda n: f"media/film-{n}.mp4")
    width = 640
    height = 360


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


class HeritageKindFactory(factory.django.DjangoModelFactory):
    key = factory.Sequence(lambda n: f"kind-{n}")

    class Meta:
        model = HeritageKind
        skip_postgeneration_save = True

    @factory.post_generation
    def names(self, create, extracted, **kwargs):
        for language, name in (extracted or {"vi": "Chùa", "en": "Pagoda"}).items():
            self.wordings.add(HeritageKindWording(language=language, name=name))
        self.save()


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


class PersonPageFactory(WardPageFactory):
    title = factory.Sequence(lambda n: f"Tướng quân {n}")
    summary = "Vị tướng được nhiều làng thờ."

    class Meta:
        model = PersonPage


class TrailIndexPageFactory(WardPageFactory):
    title = "Hành trình"

    class Meta:
        model = TrailIndexPage


class TrailPageFactory(WardPageFactory):
    """A trail; `stops` are the places on it, or pairs of a place and the fields of its stop."""

    title = factory.Sequence(lambda n: f"Hành trình {n}")
    summary = "Lối đi qua làng cũ."

    class Meta:
        model = TrailPage
        skip_postgeneration_save = True

    @factory.post_generation
    def stops(self, create, extracted, **kwargs):
        for number, stop in enumerate(extracted or []):
            place, fields = stop if isinstance(stop, tuple) else (stop, {})
            self.stops.add(TrailStop(place=place, sort_order=number, locale=self.locale, **fields))
        self.save_revision().publish()
        # Fetched anew, a page remembers nothing of what was added to it.
        self.refresh_from_db()
        self._cluster_related_objects = {}


class BankFactory(factory.django.DjangoModelFactory):
    bin = "970403"
    short_name = "Sacombank"
    name = "Ngân hàng TMCP Sài Gòn Thương Tín"
    source = "thử"

    class Meta:
        model = Bank
        django_get_or_create = ("bin",)
