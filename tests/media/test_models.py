import pytest
from modelsearch.backends import get_search_backend

from media.models import Audio, Picture
from media.photos import warm
from tests.factories import PictureFactory

pytestmark = pytest.mark.django_db


def test_whatever_it_is_made_as_a_recording_is_audio(ward):
    assert Audio.objects.create(title="Thuyết minh", type="video", file="guide.mp3").type == "audio"


def test_a_picture_is_found_by_who_took_it(ward):
    picture = PictureFactory(title="Cổng", credit="Nguyễn Văn Thử")
    PictureFactory(title="Sân", credit="Trần Thị Khác")
    assert list(get_search_backend().search("Nguyễn", Picture)) == [picture]


def test_a_deleted_picture_takes_its_renditions_along(ward):
    picture = PictureFactory(file__width=900, file__height=700)
    warm(picture)
    renditions = type(picture.renditions.first())
    picture.delete()
    assert not renditions.objects.exists()
