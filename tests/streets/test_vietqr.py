"""The text of a VietQR code: read as strictly as money asks for, and written so that every bank app reads it."""

import binascii
import copy
import json
import pickle
import random
import string
import unicodedata
from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from hypothesis import given, settings
from hypothesis import strategies as st

from streets.vietqr import (
    Initiation,
    NotEMV,
    NotVietQR,
    OtherScheme,
    Reading,
    Remark,
    Service,
    Transfer,
    VietQRError,
    VNPayQR,
    build,
    crc16,
    parse,
    plain_purpose,
)
from streets.vietqr.errors import _MESSAGES

VECTORS = json.loads((Path(__file__).parent / "vietqr_vectors.json").read_text(encoding="utf-8"))["vectors"]
PAYLOADS = {vector["id"]: vector["payload"] for vector in VECTORS}
SAMPLE = Transfer("970403", "0011012345678")
SAMPLE_38 = "0010A00000072701270006970403011300110123456780208QRIBFTTA"


def of_kind(kind: str) -> list:
    return [pytest.param(vector, id=vector["id"]) for vector in VECTORS if vector["kind"] == kind]


def field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def sealed(text: str) -> str:
    """The text with the checksum that fits it."""
    return f"{text}6304{crc16(text + '6304')}"


def code(**changed: str | None) -> str:
    """A well-formed code, with fields changed, added at the end (by number, as `f59`) or left out (None)."""
    fields = {"00": "01", "01": "11", "38": SAMPLE_38, "53": "704", "58": "VN"}
    fields |= {name.removeprefix("f"): value for name, value in changed.items()}
    return sealed("".join(field(tag, value) for tag, value in fields.items() if value is not None))


def short(value: str) -> str:
    """A test's name from its tag and reason; the code itself would drown them."""
    return value if len(value) < 20 else "code"


def refusal(text: str) -> VietQRError:
    with pytest.raises(VietQRError) as caught:
        parse(text)
    return caught.value


def blame(text: str) -> tuple[str, str]:
    error = refusal(text)
    return error.tag, error.code


def meaning(reading: Reading) -> tuple:
    return reading.bin, reading.account, reading.service, reading.amount, reading.purpose, reading.bill, reading.others


def outcome(text: str) -> Reading | VietQRError:
    """What reading gives; anything else than an answer or the one error goes through and fails the test."""
    try:
        return parse(text)
    except VietQRError as error:
        return error


# --- The published examples ---


@pytest.mark.parametrize("vector", of_kind("accept"))
def test_published_code_says_what_was_published(vector):
    expect = vector["expect"]
    reading = parse(vector["payload"])
    assert reading.initiation == expect["poi"]
    assert (reading.bin, reading.account, reading.service) == (expect["bin"], expect["account"], expect["service"])
    assert reading.amount == (None if expect["amount"] is None else int(expect["amount"]))
    assert (reading.bill, reading.purpose) == (expect.get("bill", ""), expect.get("purpose", ""))
    assert reading.crc == expect["crc"]
    assert (reading.others, reading.remarks) == ((), ())


@pytest.mark.parametrize("vector", of_kind("reject"))
def test_misprinted_code_is_refused(vector):
    refusal(vector["payload"])


def test_misprints_are_blamed_on_their_fields():
    assert blame(PAYLOADS["R01"]) == ("38.01.01", "identifier")
    assert blame(PAYLOADS["R02"]) == ("63", "checksum")
    assert blame(PAYLOADS["R03"]) == ("63", "checksum")


def test_lower_case_checksum_is_read_and_remarked_and_normalised():
    reading = parse(PAYLOADS["N01"])
    assert (reading.crc, reading.remarks) == ("4F52", (Remark("63", "lower_case"),))
    assert meaning(reading) == meaning(parse(PAYLOADS["P02"]))


def test_long_purpose_is_read_whole_and_remarked_but_never_written():
    reading = parse(PAYLOADS["N02"])
    assert reading.purpose == "THANH TOAN DON HANG SO 12345"
    assert reading.remarks == (Remark("62.08", "too_long"),)
    with pytest.raises(VietQRError, check=lambda error: (error.tag, error.code) == ("62.08", "purpose_length")):
        build(Transfer(reading.bin, reading.account, reading.amount, reading.purpose))


def test_card_and_account_are_told_apart():
    assert parse(PAYLOADS["P01"]).service is Service.TO_ACCOUNT
    assert parse(PAYLOADS["P02"]).service is Service.TO_CARD


def test_building_gives_the_published_text():
    assert build(SAMPLE) == PAYLOADS["P01"]


# --- The checksum ---


def test_checksum_known_answer():
    assert crc16("123456789") == "29B1"


def test_checksum_keeps_leading_zeros_and_upper_case():
    seen = {crc16(str(number)) for number in range(3000)}
    assert all(len(crc) == 4 and set(crc) <= set("0123456789ABCDEF") for crc in seen)
    assert any(crc.startswith("0") for crc in seen)


def test_checksum_tells_every_character_from_every_other_at_any_distance_from_the_end():
    # A CRC is linear: what differs between two texts of one length decides, not what they have in common. So one
    # text of each length, with every ASCII character in turn at its front, stands for all.
    for distance in range(0, 600, 3):
        assert len({crc16(chr(number) + "0" * distance) for number in range(128)}) == 128


def test_linearity_that_the_proof_leans_on():
    rng = random.Random(63)
    for _ in range(200):
        a, b, c = (rng.randbytes(40) for _ in range(3))
        mixed = bytes(x ^ y ^ z for x, y, z in zip(a, b, c, strict=True))
        sums = [binascii.crc_hqx(part, 0xFFFF) for part in (a, b, c)]
        assert binascii.crc_hqx(mixed, 0xFFFF) == sums[0] ^ sums[1] ^ sums[2]


@pytest.mark.parametrize("name", ["P01", "P03"])
def test_every_single_changed_character_is_found(name):
    text = PAYLOADS[name]
    before = parse(text)
    for at in range(len(text)):
        for other in map(chr, range(32, 127)):
            if other == text[at]:
                continue
            after = outcome(text[:at] + other + text[at + 1 :])
            if isinstance(after, Reading):
                assert at >= len(text) - 4, "only the case of the checksum may change"
                assert meaning(after) == meaning(before)
                assert after.remarks == (Remark("63", "lower_case"),)


@pytest.mark.parametrize("other", ["é", "٣", "３", "\u200b", "\x00", "\ud800", "🍜", "\n"])
def test_foreign_character_in_place_of_any_is_found(other):
    text = PAYLOADS["P03"]
    for at in range(len(text)):
        assert isinstance(outcome(text[:at] + other + text[at + 1 :]), VietQRError)


# --- Round trip ---


def test_ten_thousand_transfers_come_back_as_they_went():
    rng = random.Random(970403)
    alphanumeric = string.ascii_letters + string.digits
    letters = string.printable[:95] + "ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
    for _ in range(10_000):
        transfer = Transfer(
            bin="".join(rng.choices(string.digits, k=6)),
            account="".join(rng.choices(alphanumeric, k=rng.randint(1, 19))),
            amount=rng.choice([None, rng.randint(1, 499_999_999), 10 ** rng.randint(0, 8)]),
            purpose="".join(rng.choices(letters, k=rng.randint(0, 25))),
        )
        text = build(transfer)
        reading = parse(text)
        assert text.isascii()
        assert (reading.bin, reading.account, reading.amount) == (transfer.bin, transfer.account, transfer.amount)
        assert reading.purpose == plain_purpose(transfer.purpose)
        assert reading.initiation is (Initiation.STATIC if transfer.amount is None else Initiation.DYNAMIC)
        assert (reading.service, reading.others, reading.remarks) == (Service.TO_ACCOUNT, (), ())
        assert build(Transfer(reading.bin, reading.account, reading.amount, reading.purpose)) == text


# --- Whatever it is given ---


@settings(deadline=None, max_examples=150)
@given(st.text(st.characters(codec=None)))
def test_any_text_is_answered(text):
    assert isinstance(outcome(text), VietQRError)
    outcome("000201" + text)
    outcome(sealed("000201" + text))


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(list(PAYLOADS.values())), st.data())
def test_any_mutation_is_answered(payload, data):
    at = data.draw(st.integers(0, len(payload)))
    until = data.draw(st.integers(at, min(len(payload), at + 8)))
    changed = payload[:at] + data.draw(st.text(max_size=8)) + payload[until:]
    outcome(changed)
    # With a checksum that fits, the fields themselves are put to the test.
    outcome(sealed(changed[:-8]))


def test_mutations_under_a_fitting_checksum_are_answered():
    rng = random.Random(38)
    for _ in range(5000):
        body = list(PAYLOADS["P03"][:-8])
        for _ in range(rng.randint(1, 3)):
            body[rng.randrange(4, len(body))] = rng.choice("00112345689AV é")
        after = outcome(sealed("".join(body)))
        if isinstance(after, Reading):
            assert after.amount is None or 0 < after.amount < 500_000_000
            assert len(after.bin) == 6


@pytest.mark.parametrize("name", ["P01", "P02", "P03", "P04", "N01", "N02"])
def test_code_cut_off_anywhere_is_refused(name):
    text = PAYLOADS[name]
    for length in range(len(text)):
        refusal(text[:length])


@pytest.mark.parametrize(
    "text", ["", "\x00", "0", "00", "0002", "000201", "0" * 1_000_000, "000201" * 200_000, "\ud800" * 1_000_000]
)
def test_odd_and_enormous_texts_are_refused(text):
    assert refusal(text).message


@pytest.mark.parametrize("text", ["", "https://example.vn/q/7K3M9XP", "WIFI:S:x;;", " " + PAYLOADS["P01"], "٠٠٠٢٠١"])
def test_what_is_no_payment_code_is_called_so(text):
    error = refusal(text)
    assert isinstance(error, NotEMV)
    assert (error.tag, error.code) == ("", "not_emv")


# --- Other kinds of payment code ---


def test_vnpayqr_is_called_by_its_name_not_broken():
    error = refusal(code(f38=None, f26=field("00", "A000000775") + field("01", "0109876543"), f52="5812", f59="PHO"))
    assert isinstance(error, VNPayQR)
    assert isinstance(error, NotVietQR)
    assert error.tag == "26.00"
    assert "VNPAYQR" in error.message


def test_vnpayqr_is_called_so_even_where_its_checksum_is_off():
    text = code(f38=None, f26=field("00", "A000000775") + field("01", "0109876543"))
    assert isinstance(refusal(text[:-4] + "ZZZZ"), VNPayQR)


def test_code_of_both_networks_is_read_as_vietqr_and_keeps_the_other():
    reading = parse(code(f26=field("00", "A000000775") + field("01", "0109876543")))
    assert reading.account == SAMPLE.account
    assert reading.others == (("26.00", "A000000775"), ("26.01", "0109876543"))
    assert reading.remarks == (Remark("26", "other_account"),)


def test_what_may_be_paid_beside_the_amount_is_remarked():
    reading = parse(code(f02="4000123456789012", f54="35000", f55="02", f56="5000"))
    assert reading.remarks == (Remark("02", "other_account"), Remark("55", "surcharge"), Remark("56", "surcharge"))


@pytest.mark.parametrize(
    ("fields", "tag"),
    [
        ({"f29": field("00", "A000000677010111")}, "29.00"),
        ({"f02": "4000123456789012"}, "02"),
        ({"f38": field("00", "A000000001") + field("01", "no fields in here")}, "38.00"),
    ],
)
def test_other_networks_are_told_apart_from_broken_codes(fields, tag):
    error = refusal(code(**({"f38": None} | fields)))
    assert isinstance(error, OtherScheme)
    assert error.tag == tag


def test_damaged_vietqr_is_not_taken_for_another_network():
    text = PAYLOADS["P01"].replace("A000000727", "A000000728")
    assert blame(text) == ("63", "checksum")


# --- Fields ---


@pytest.mark.parametrize(
    ("text", "tag", "why"),
    [
        (code(f00="02"), "00", "version"),
        (code(f01="13"), "01", "initiation"),
        (code(f38=None), "38", "missing"),
        (code(f38=field("01", "x")), "38.00", "missing"),
        (code(f53=None), "53", "missing"),
        (code(f53="840"), "53", "currency"),
        (code(f58=None), "58", "missing"),
        (code(f58="vn"), "58", "country"),
        (code()[:-8], "63", "missing"),
        (code() + "0", "63", "not_last"),
        (code() + "\n", "63", "not_last"),
        (code() + code(), "63", "not_last"),
        (sealed(code()), "63", "not_last"),
        (code(f53="704" + "5802VN"), "53", "currency"),
        (sealed(code()[:-8] + "5303704"), "53", "duplicate"),
        (sealed(code()[:-8] + "5400"), "54", "length"),
        (sealed(code()[:-8] + "54 1"), "54", "length"),
        (sealed(code()[:-8] + "54٠١1"), "54", "length"),
        (sealed(code()[:-8] + "5a011"), "58", "identifier"),
        (sealed(code()[:-8] + "59²1x"), "59", "length"),
        (sealed(code()[:-8] + "5999x"), "59", "overrun"),
        (code(f65="x"), "65", "reserved"),
        (code(f79="x"), "79", "reserved"),
        (code(f62=field("12", "x")), "62.12", "reserved"),
        (code(f64=field("03", "x")), "64.03", "reserved"),
        (code(f62=field("08", "a") + field("08", "b")), "62.08", "duplicate"),
        (code(f62="0809abc"), "62.08", "overrun"),
        (code(f62=field("08", "a") + "x"), "62.08", "identifier"),
        (code(f62="xx"), "62", "identifier"),
        (code(f62=field("50", "raw")), "62.50", "identifier"),
        (code(f80="raw"), "80", "identifier"),
        (code(f62=field("08", "a\x00b")), "62.08", "character"),
        (code(f59="a\ud800b"), "59", "character"),
    ],
    ids=short,
)
def test_each_broken_rule_names_its_field(text, tag, why):
    error = refusal(text)
    assert (error.tag, error.code) == (tag, why)
    assert tag in error.message


def beneficiary(inner: str, service: str | None = "QRIBFTTA", more: str = "") -> str:
    parts = [field("00", "A000000727"), field("01", inner), field("02", service) if service else "", more]
    return code(f38="".join(parts))


BANK = field("00", "970403")


@pytest.mark.parametrize(
    ("text", "tag", "why"),
    [
        (beneficiary(BANK), "38.01.01", "missing"),
        (beneficiary(field("01", "1")), "38.01.00", "missing"),
        (beneficiary(field("00", "97040") + field("01", "1")), "38.01.00", "bin"),
        (beneficiary(field("00", "97040３") + field("01", "1")), "38.01.00", "bin"),
        (beneficiary(BANK + field("01", "1" * 20)), "38.01.01", "account"),
        (beneficiary(BANK + field("01", "12 34")), "38.01.01", "account"),
        (beneficiary(BANK + field("01", "12é")), "38.01.01", "account"),
        (beneficiary(BANK + field("01", "1\n")), "38.01.01", "character"),
        (beneficiary(BANK + "0105123"), "38.01.01", "overrun"),
        (beneficiary(BANK + BANK), "38.01.00", "duplicate"),
        (beneficiary(BANK + field("01", "1") + field("02", "2")), "38.01.02", "unknown"),
        (beneficiary(BANK + field("01", "1"), service=None), "38.02", "missing"),
        (beneficiary(BANK + field("01", "1"), service="QRPUSH"), "38.02", "service"),
        (beneficiary(BANK + field("01", "1"), more=field("03", "x")), "38.03", "unknown"),
        (code(f38="0010A000000727" + "0199" + "0006970403"), "38.01", "overrun"),
    ],
    ids=short,
)
def test_account_is_read_without_any_leeway(text, tag, why):
    assert blame(text) == (tag, why)


@pytest.mark.parametrize("amount", [1, 9, 10, 180_000, 499_999_999])
def test_amounts_within_bounds(amount):
    assert parse(code(f54=str(amount))).amount == amount
    assert parse(build(Transfer("970403", "1", amount))).amount == amount


@pytest.mark.parametrize(
    "written",
    ["0", "01", "500000000", "999999999", "1000000000", "1.5", "1.", "1,000", "-1", "+1", "1e3", "١", "1_0", "1" * 99],
)
def test_other_amounts_are_not_read(written):
    assert blame(code(f54=written)) == ("54", "amount")


@pytest.mark.parametrize("amount", [0, -1, 500_000_000, 10**30, 1.0, True, "1000"])
def test_other_amounts_are_not_written(amount):
    with pytest.raises(VietQRError, check=lambda error: (error.tag, error.code) == ("54", "amount")):
        build(Transfer("970403", "1", amount))


def test_order_is_free_between_first_and_last():
    parts = [
        "5802VN",
        field("62", field("08", "pho") + field("01", "B1")),
        "5303704",
        field("38", SAMPLE_38),
        "0102" + "12",
    ]
    reading = parse(sealed("000201" + "".join(parts)))
    assert (reading.account, reading.purpose, reading.bill) == (SAMPLE.account, "pho", "B1")


def test_order_is_free_inside_the_account_too():
    turned = field("02", "QRIBFTTA") + field("01", field("01", "1") + BANK) + field("00", "A000000727")
    assert parse(code(f38=turned)).account == "1"


def test_initiation_may_be_left_out():
    assert parse(code(f01=None)).initiation is None


def test_static_code_may_fix_an_amount():
    reading = parse(code(f54="35000"))
    assert (reading.initiation, reading.amount) == (Initiation.STATIC, 35_000)


def test_fields_that_emv_allows_are_kept_in_order():
    reading = parse(
        code(
            f52="5812",
            f59="PHO MINH HOA",
            f60="HA NOI",
            f62=field("05", "REF9") + field("50", field("00", "x")),
            f64=field("00", "vi") + field("01", "Phở Minh Hoạ"),
            f80=field("00", "vn.example"),
        )
    )
    assert (reading.name, reading.city) == ("PHO MINH HOA", "HA NOI")
    assert reading.others == (
        ("52", "5812"),
        ("62.05", "REF9"),
        ("62.50.00", "x"),
        ("64.00", "vi"),
        ("64.01", "Phở Minh Hoạ"),
        ("80.00", "vn.example"),
    )
    assert reading.remarks == ()


def test_lengths_count_characters_not_bytes():
    reading = parse(code(f59="Phở Cầu Giấy"))
    assert reading.name == "Phở Cầu Giấy"
    assert reading.remarks == (Remark("59", "not_ascii"),)
    counted_in_bytes = f"59{len('Phở Cầu Giấy'.encode()):02}Phở Cầu Giấy"
    assert blame(code(f58=None)[:-8] + "5802VN" + counted_in_bytes) == ("59", "overrun")


def test_long_names_are_remarked():
    reading = parse(code(f59="N" * 26, f60="C" * 16, f62=field("01", "B" * 26)))
    assert reading.remarks == (Remark("59", "too_long"), Remark("60", "too_long"), Remark("62.01", "too_long"))


# --- Writing ---


@pytest.mark.parametrize(
    ("purpose", "plain"),
    [
        ("", ""),
        ("   ", ""),
        (" bàn 5 ", "ban 5"),
        ("Đặt cọc Đường Lê Đức Thọ", "Dat coc Duong Le Duc Tho"),
        ("Phở tái, bún chả & nước", "Pho tai, bun cha & nuoc"),
        ("ưỡn ẹo kỹ thuật", "uon eo ky thuat"),
        ("ế" * 25, "e" * 25),
    ],
)
def test_purpose_loses_its_accents_and_nothing_else(purpose, plain):
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, purpose)
        assert plain_purpose(written) == plain
        assert parse(build(Transfer("970403", "1", None, written))).purpose == plain


@pytest.mark.parametrize(
    "purpose",
    ["phở 🍜", "a≠b", "5️⃣ tô", "€5", "“bàn 5”", "ßtraße", "tab\there", "a\nb", "a\u00a0b", "\x00", "\ud800", "ｆ"],
)
def test_purpose_that_cannot_be_plain_is_refused(purpose):
    with pytest.raises(VietQRError, check=lambda error: (error.tag, error.code) == ("62.08", "purpose_character")):
        build(Transfer("970403", "1", None, purpose))


def test_purpose_is_never_shortened():
    assert parse(build(Transfer("970403", "1", None, "a" * 25))).purpose == "a" * 25
    with pytest.raises(VietQRError, check=lambda error: (error.tag, error.code) == ("62.08", "purpose_length")):
        build(Transfer("970403", "1", None, "a" * 26))


@pytest.mark.parametrize("bank", ["", "97040", "9704031", "97040a", "97040３", "٩٧٠٤٠٣", "970403\n"])
def test_bank_that_is_not_six_digits_is_not_written(bank):
    with pytest.raises(VietQRError, check=lambda error: (error.tag, error.code) == ("38.01.00", "bin")):
        build(Transfer(bank, "1"))


@pytest.mark.parametrize("account", ["", "1" * 20, "12 34", "12-34", "é", "１２", "1\n"])
def test_account_beyond_its_letters_is_not_written(account):
    with pytest.raises(VietQRError, check=lambda error: (error.tag, error.code) == ("38.01.01", "account")):
        build(Transfer("970403", account))


# --- Errors ---


@pytest.mark.parametrize("why", _MESSAGES)
def test_every_message_can_be_said_and_names_the_field(why):
    error = VietQRError(why, "38.01.01")
    with override("en"):
        assert str(error) == gettext(str(_MESSAGES[why])) % {"tag": "38.01.01"}
        assert "%(" not in str(error)


def test_message_is_said_in_the_language_of_the_moment():
    error = refusal(code() + "x")
    with override("en"):
        assert "63" in error.message
    with override("vi"):
        assert "63" in error.message


@pytest.mark.parametrize("text", ["x", code(f29="x", f38=None), code() + "x"])
def test_errors_survive_copying_and_pickling(text):
    error = refusal(text)
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301 - our own bytes
        assert (type(twin), twin.code, twin.tag) == (type(error), error.code, error.tag)
