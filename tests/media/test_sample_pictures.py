import pytest
from PIL import Image

from media.sample_pictures import CREDIT, PAINTERS, sample_picture

pytestmark = pytest.mark.django_db


def content(picture) -> bytes:
    with picture.file.open() as file:
        return file.read()


@pytest.mark.parametrize("subject", list(PAINTERS))
def test_a_drawing_is_stored_and_says_that_it_is_one(ward, subject):
    picture = sample_picture(subject, seed=3, title="Cổng đình")
    assert picture.credit == CREDIT
    assert picture.title == f"Cổng đình ({CREDIT.lower()})"
    with picture.file.open() as file, Image.open(file) as drawn:
        drawn.load()
        assert drawn.size == (picture.width, picture.height) == (1200, 800)


def test_a_seed_gives_the_same_drawing_again_and_another_seed_another(ward):
    first, again, other = (content(sample_picture("shop", seed=seed, title="Quán")) for seed in (1, 1, 2))
    assert first == again
    assert first != other
