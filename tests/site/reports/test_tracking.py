import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wardmark.plaques.codes import ALPHABET, UNWANTED, check_character
from wardmark.reports.tracking import LENGTH, InvalidTrackingCode, as_tracking_code, grouped, new_tracking_code

codes = st.text(ALPHABET, min_size=9, max_size=9).map(lambda random: random + check_character(random))


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_wrong_character_anywhere_is_told_from_a_code_of_nobody(code, position, wrong):
    assume(wrong != code[position])
    with pytest.raises(InvalidTrackingCode):
        as_tracking_code(code[:position] + wrong + code[position + 1 :])


@given(codes, st.data())
def test_so_is_a_swap_of_any_two_characters(code, data):
    one, other = sorted(data.draw(st.lists(st.integers(0, LENGTH - 1), min_size=2, max_size=2, unique=True)))
    assume(code[one] != code[other])
    characters = list(code)
    characters[one], characters[other] = characters[other], characters[one]
    with pytest.raises(InvalidTrackingCode):
        as_tracking_code("".join(characters))


@given(codes, st.randoms(use_true_random=False))
def test_what_people_type_is_read_as_the_code(code, chance):
    lookalikes = {"0": "0oO", "1": "1iIlL"}
    typed = "".join(
        chance.choice(lookalikes.get(character, character + character.lower())) + chance.choice(["", " ", "-"])
        for character in code
    )
    assert as_tracking_code(f" {typed} ") == code
    assert as_tracking_code(grouped(code)) == code


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_refused(text):
    try:
        code = as_tracking_code(text)
    except InvalidTrackingCode:
        return
    assert as_tracking_code(code) == code
    assert len(code) == LENGTH


def test_a_refusal_does_not_repeat_what_was_typed():
    with pytest.raises(InvalidTrackingCode) as refusal:
        as_tracking_code("nearly right")
    assert not refusal.value.args


def test_new_codes_are_valid_printable_and_differ():
    issued = {new_tracking_code() for _ in range(2000)}
    assert len(issued) == 2000
    assert all(as_tracking_code(code) == code for code in issued)
    assert not any(unwanted in code for code in issued for unwanted in UNWANTED)
