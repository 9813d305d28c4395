import json

import pytest

from media.photos import CUTS
from tests.factories import FilmFactory, HeritageSitePageFactory, PictureFactory, StandardPageFactory

pytestmark = pytest.mark.django_db
ALL = sorted(spec for cut in CUTS.values() for spec in cut.specs)


def drawn(picture) -> list[str]:
    return sorted(picture.renditions.values_list("filter_spec", flat=True))


def test_publishing_a_place_draws_its_photo_in_all_sizes(heritage, django_capture_on_commit_callbacks):
    page = HeritageSitePageFactory(parent=heritage, photo=PictureFactory(), photo_alt="Cổng", live=False)
    assert drawn(page.photo) == []
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert drawn(page.photo) == ALL


def test_the_visitor_of_a_published_place_draws_nothing(client, heritage, django_capture_on_commit_callbacks):
    page = HeritageSitePageFactory(parent=heritage, photo=PictureFactory(), photo_alt="Cổng", live=False)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    before = {rendition.pk for rendition in page.photo.renditions.all()}
    for path in (page.url, heritage.url, "/vi/"):
        assert client.get(path).status_code == 200
    assert {rendition.pk for rendition in page.photo.renditions.all()} == before


def test_a_draft_that_is_saved_draws_nothing(heritage, django_capture_on_commit_callbacks):
    page = HeritageSitePageFactory(parent=heritage, photo=PictureFactory(), photo_alt="Cổng", live=False)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision()
    assert drawn(page.photo) == []


def test_pages_without_a_photo_are_published_all_the_same(ward, heritage, django_capture_on_commit_callbacks):
    for page in (HeritageSitePageFactory(parent=heritage), StandardPageFactory(parent=ward.homes["vi"])):
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        assert type(page).objects.get(pk=page.pk).live


def test_publishing_a_page_draws_the_pictures_of_its_story(client, ward, django_capture_on_commit_callbacks):
    picture, poster = PictureFactory(), PictureFactory()
    blocks = [
        ("picture", {"picture": {"image": picture.pk, "alt_text": "Cổng", "decorative": False}, "caption": ""}),
        ("video", {"recording": FilmFactory().pk, "image": poster.pk, "caption": ""}),
    ]
    story = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    page = StandardPageFactory(parent=ward.homes["vi"], story=story, live=False)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    before = (drawn(picture), drawn(poster))
    assert before[0] == sorted(CUTS["page"].specs)
    assert len(before[1]) == 1
    assert client.get(page.url).status_code == 200
    assert (drawn(picture), drawn(poster)) == before
