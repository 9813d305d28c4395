"""Claims are found however they are typed, and only where they are made."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streets.changes.claim_words import claims_in, known_claims, new_claims
from streets.law.claim_words import first_claim_words
from streets.models import ClaimWord
from wardmark.base.search import fold

CLAIMS = [words for kind in first_claim_words().values() for words in kind]
# No letter of these makes a word longer.
BETWEEN = st.sampled_from([" ", ", ", ". ", "\n", " – ", "! ", " (", ") ", "/", "-"])
FILLERS = st.lists(st.sampled_from(["phở", "bò", "quán", "nhà", "rất", "ngon", "123", "the", "soup"]), max_size=4)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Rau sạch mỗi ngày", "sạch"),
        ("RAU SẠCH", "sạch"),
        ("rau sach", "sạch"),
        ("Thực phẩm an-toàn", "an toàn"),
        ("tốt cho sức khỏe", "tốt cho sức khoẻ"),
        ("tot cho suc khoe", "tốt cho sức khoẻ"),
        ("Đạt chuẩn VietGAP.", "vietgap"),
        ("đạt HALAL", "halal"),
        ("100% Organic!", "organic"),
        ("có OCOP 4 sao", "ocop"),
        (unicodedata.normalize("NFD", "Hữu cơ"), "hữu cơ"),
        ("ｒａｕ ｓạｃｈ", "sạch"),
        ("rau s\u200bạch", "sạch"),  # a blank of no width
        ("rau s\u00adạch", "sạch"),  # a place where a line may break
        ("rau sạch\u034f", "sạch"),  # a joiner of marks
        ("rau sạ\ufe0fch", "sạch"),  # a variation selector
        ("VietG\u200dAP", "vietgap"),
        ("rau s\u0430\u0441h", "sạch"),  # Cyrillic letters
        ("\u041erganic", "organic"),
        ("h\u03b1l\u03b1l", "halal"),  # Greek ones
    ],
)
def test_a_claim_is_found(text, claim):
    assert claim in claims_in(text, CLAIMS)


@pytest.mark.parametrize(
    "text",
    [
        "Hiệu sách cũ",  # a book is not clean
        "Khách sạn",
        "Sachertorte",
        "organics",
        "Bánh mì ăn toàn thịt",
        "an lành, toàn phần",
        "halalala",
        "Chè sầu riêng, phở bò, bún chả",
        "Mở cửa từ 6 giờ sáng",
        "",
    ],
)
def test_other_words_are_no_claim(text):
    assert claims_in(text, CLAIMS) == []


@given(claim=st.sampled_from(CLAIMS), before=FILLERS, after=FILLERS, gap=BETWEEN, shape=st.sampled_from("lufd"))
def test_each_claim_of_the_list_is_found_in_any_text(claim, before, after, gap, shape):
    typed = {"l": str, "u": str.upper, "f": fold, "d": lambda text: unicodedata.normalize("NFD", text)}[shape](claim)
    text = gap.join([*before, typed, *after])
    assert claim in claims_in(text, CLAIMS)


# Beyond a sign, such as “100%”, begins another word.
WHOLE = [claim for claim in CLAIMS if claim[0].isalnum() and claim[-1].isalnum()]


@given(claim=st.sampled_from(WHOLE), letter=st.sampled_from("bcghklmnpqrtvxz"), fore=st.booleans())
def test_a_claim_within_a_longer_word_is_none(claim, letter, fore):
    text = letter + claim if fore else claim + letter
    assert claim not in claims_in(text, [claim])


@given(text=st.text(max_size=200))
def test_any_text_can_be_judged(text):
    assert set(claims_in(text, CLAIMS)) <= set(CLAIMS)


def test_only_what_is_newly_claimed_counts():
    assert new_claims("Rau sạch", "Rau  sạch. Thịt ngon.", CLAIMS) == []
    assert new_claims("Món ngon.\nRau sạch!", "Rau sạch.\nQuán đông. Món ngon.", CLAIMS) == []
    assert new_claims("Rau sạch", "Rau sạch.\nThịt an toàn.", CLAIMS) == ["an toàn"]
    assert new_claims([], [{"picture": 1, "alt": "Giấy VietGAP"}], CLAIMS) == ["vietgap"]


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ("Quán không có đồ halal.", "Quán bán đồ halal.", ["halal"]),
        ("Quán không bán đồ halal.", "Bán đồ halal.", ["halal"]),
        ("Đồ halal? Không có.", "Đồ halal? Có.", ["halal"]),
        ("Nhà vệ sinh sạch.", "Thịt sạch, rau sạch.", ["sạch"]),
        ("Nhà vệ sinh sạch.", "Nhà vệ sinh sạch. Rau sạch.", ["sạch"]),
        ({"name": {"vi": "Rau sạch"}, "note": {}}, {"name": {"vi": "Rau sạch"}, "note": {"vi": "Ăn sạch."}}, ["sạch"]),
        # Where a full stop stands between its words.
        ("Rau không an toàn. Món ngon.", "Rau ăn rất an. Toàn món ngon.", ["an toàn"]),
    ],
)
def test_a_word_that_stood_in_another_sentence_is_claimed_anew(before, after, made):
    assert new_claims(before, after, CLAIMS) == made


@pytest.mark.django_db
def test_the_wards_list_counts_and_an_empty_one_is_the_first():
    ClaimWord.objects.all().delete()
    assert "halal" in known_claims()
    ClaimWord.objects.create(words="nhà làm", kind="origin")
    assert known_claims() == ["nhà làm"]
