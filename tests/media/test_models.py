import pytest
from modelsearch.backends import get_search_backend

from media.models import Audio, Picture
from media.photos import warm
from tests.factories import PictureFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("file", "kind"), [("guide.mp3", "audio"), ("guide.OPUS", "audio"), ("film.mp4", "video")])
@pytest.mark.parametrize("said", ["audio", "video", ""])
def test_whatever_it_is_made_as_a_recording_is_what_its_file_is(ward, file, kind, said):
    assert Audio.objects.create(title="Thuyết minh", type=said, file=file).type == kind


@pytest.mark.parametrize(
    ("file", "words", "has"),
    [
        ("film.mp4", {"captions": "WEBVTT"}, True),
        ("film.mp4", {"transcript": "Kính chào."}, True),
        ("film.mp4", {"transcript": " \n"}, False),
        ("guide.mp3", {"captions": "WEBVTT"}, False),
    ],
)
def test_a_film_has_its_words_in_captions_or_a_transcript(ward, file, words, has):
    assert Audio(file=file, **words).has_its_words is has


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
