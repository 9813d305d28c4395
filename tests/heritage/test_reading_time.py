import pytest
from hypothesis import given
from hypothesis import strategies as st

from heritage.reading_time import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Chùa Hà", 2),
        ("  Đình\nBối   Hà. ", 3),
        ("thế kỷ 15 – đầu thời Lê", 6),
        ("… – “”", 0),
        ("early Lê, 15th century", 4),
        ("聖主寺", 2),
        ("Chùa 聖主 ở đây", 4),
        ("E\u0302 a\u0301", 2),
    ],
)
def test_a_word_is_what_is_spoken_between_spaces(text, words):
    assert count_words(text) == words


@given(st.lists(st.text(st.characters(codec="latin-1", categories=["L", "N"]), min_size=1), max_size=80))
def test_spaces_and_dashes_add_no_word(words):
    assert count_words(" – ".join(words)) == count_words("\n".join(words)) == len(words)


@given(st.text(), st.text())
def test_two_texts_have_the_words_of_both(one, other):
    together = count_words(f"{one} {other}")
    # A single ideograph in each makes one word of two signs.
    assert count_words(one) + count_words(other) - 1 <= together <= count_words(one) + count_words(other)
