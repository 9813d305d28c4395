"""Values as officers and vendors read them."""

from streets.changes.classes import asked
from streets.changes.wording import compared, in_lines


def test_a_public_phone_is_read_in_groups_as_on_the_page():
    assert in_lines(asked("phone"), "+842438331234") == ["024 3833 1234"]
    assert [(line.text, line.kind) for line in compared(asked("phone"), "+842438331234", "")] == [
        ("024 3833 1234", "gone")
    ]
