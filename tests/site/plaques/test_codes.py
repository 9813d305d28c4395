import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wardmark.plaques.codes import (
    ALPHABET,
    LENGTH,
    UNWANTED,
    InvalidCode,
    check_character,
    grouped,
    is_valid,
    new_code,
    normalise,
)

payloads = st.text(ALPHABET, min_size=6, max_size=6)
codes = payloads.map(lambda payload: payload + check_character(payload))


def test_every_single_wrong_character_is_caught():
    """Exhaustive over positions and wrong values, for a code that uses a carry in each weight."""
    for code in ("7K3M9X" + check_character("7K3M9X"), "ZZZZZZ" + check_character("ZZZZZZ"), "0000000"):
        for position in range(LENGTH):
            for wrong in set(ALPHABET) - {code[position]}:
                assert not is_valid(code[:position] + wrong + code[position + 1 :])


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_wrong_character_anywhere_in_any_code_is_caught(code, position, wrong):
    assume(wrong != code[position])
    assert not is_valid(code[:position] + wrong + code[position + 1 :])


@given(codes, st.integers(0, LENGTH - 2))
def test_a_swap_of_neighbours_is_caught(code, position):
    assume(code[position] != code[position + 1])
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    assert not is_valid(swapped)


@given(codes, st.data())
def test_a_swap_of_any_two_characters_is_caught(code, data):
    one, other = sorted(data.draw(st.lists(st.integers(0, LENGTH - 1), min_size=2, max_size=2, unique=True)))
    assume(code[one] != code[other])
    characters = list(code)
    characters[one], characters[other] = characters[other], characters[one]
    assert not is_valid("".join(characters))


@given(codes, st.randoms(use_true_random=False))
def test_what_people_type_is_read_as_the_code(code, chance):
    """Any case, spaces and hyphens anywhere, o for 0, i or l for 1."""
    lookalikes = {"0": "0oO", "1": "1iIlL"}
    typed = "".join(
        chance.choice(lookalikes.get(character, character + character.lower())) + chance.choice(["", " ", "-", "–"])
        for character in code
    )
    assert normalise(f" {typed} ") == code


@given(st.text(max_size=60))
def test_any_text_is_either_a_code_or_refused(text):
    try:
        code = normalise(text)
    except InvalidCode:
        return
    assert is_valid(code)


@pytest.mark.parametrize("text", ["", "7K3M9X", "UUUUUUU", "7K3M9XP7K3M9XP", "//////!", "0000001", "٣٣٣٣٣٣٣"])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(InvalidCode):
        normalise(text)


def test_new_codes_are_valid_printable_and_differ():
    issued = {new_code() for _ in range(2000)}
    assert len(issued) == 2000
    assert all(is_valid(code) and code == normalise(code) for code in issued)


def test_no_code_spells_an_unwanted_word(monkeypatch):
    """Drawn first: a payload with an unwanted word; it is put back and drawn again."""
    drawn = iter("SEX234" + "7K3M9X")
    monkeypatch.setattr("wardmark.plaques.codes.secrets.choice", lambda alphabet: next(drawn))
    code = new_code()
    assert code.startswith("7K3M9X")
    assert not any(word in code for word in UNWANTED)


def test_a_code_is_printed_in_two_groups():
    assert grouped("7K3M9XP") == "7K3-M9XP"
