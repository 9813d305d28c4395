import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from wardmark.base.phones import dialled, validate_phone


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("024 3833 1234", "02438331234"),
        ("+84 (24) 3833-1234", "+842438331234"),
        ("113", "113"),
        ("1900.6868", "19006868"),
    ],
)
def test_numbers_as_people_write_them_are_dialled(written, digits):
    validate_phone(written)
    assert dialled(written) == digits


@pytest.mark.parametrize(
    "written", ["", "12", "gọi tôi", "024 3833 1234;ext=1", "tel:113", "1" * 16, "+", "0912\n345678"]
)
def test_what_cannot_be_dialled_is_refused(written):
    with pytest.raises(ValidationError):
        validate_phone(written)


def test_a_refusal_says_in_the_readers_language_what_to_write():
    with override("vi"), pytest.raises(ValidationError) as refused:
        validate_phone("gọi tôi")
    with override("vi"):
        [vietnamese] = refused.value.messages
    with override("en"):
        [english] = refused.value.messages
    assert vietnamese != english
    assert "024 3833 1234" in vietnamese
