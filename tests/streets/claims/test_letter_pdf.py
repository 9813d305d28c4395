"""The printed letter: one page a shop, its symbol leads to the claim, and neither holds what must not be there."""

import re
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from django.urls import resolve, reverse
from django.utils import timezone
from pypdf import PdfReader

from streets.claims import printing
from streets.claims.errors import NotPossible
from streets.claims.handed_codes import ALPHABET, normalise, try_code
from streets.claims.printing import MOST_AT_ONCE, print_letters
from streets.models import ClaimLetter
from tests.factories import FoodVendorPageFactory
from wardmark.plaques.artwork import ArtworkRefused
from wardmark.plaques.proof import NotProved

pytestmark = pytest.mark.django_db
A5_POINTS = (419.5, 595.3)


def printed(shops, editor) -> bytes:
    return print_letters(shops=shops, by=editor, now=timezone.now())


def symbols(pdf: bytes) -> list[str]:
    """Read each page as a phone's camera would, by another program than the one that encoded it."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            [symbol] = zxingcpp.read_barcodes(page.render(scale=2, grayscale=True).to_pil())
            found.append(symbol.text)
    return found


def code_on(page) -> str:
    """Return the code a vendor reads on a page."""
    return re.search(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", page.extract_text()).group()


def test_each_shop_has_a_page_of_its_own_in_a5(shop, street, editor):
    shops = [shop, FoodVendorPageFactory(parent=street, title="Quán Khác").shop]
    pages = PdfReader(BytesIO(printed(shops, editor))).pages
    assert len(pages) == 2
    for page, one in zip(pages, shops, strict=True):
        assert [float(side) for side in page.mediabox.upper_right] == pytest.approx(A5_POINTS, abs=0.2)
        assert one.name in page.extract_text()


def test_its_symbol_leads_to_the_letter_and_holds_neither_code_nor_anything_of_a_person(shop, editor, settings):
    pdf = printed([shop], editor)
    letter = ClaimLetter.objects.get()
    [link] = symbols(pdf)
    assert link == f"{settings.PLAQUE_BASE_URL}{reverse('claims:letter', args=[letter.serial])}"
    assert resolve(link.removeprefix(settings.PLAQUE_BASE_URL)).view_name == "claims:letter"
    [page] = PdfReader(BytesIO(pdf)).pages
    assert normalise(code_on(page)) not in link.upper()


def test_the_code_on_the_paper_opens_the_letter(shop, editor):
    [page] = PdfReader(BytesIO(printed([shop], editor))).pages
    letter = ClaimLetter.objects.get()
    assert try_code(ClaimLetter, serial=letter.serial, typed=code_on(page), now=timezone.now()) == letter


def test_it_says_until_when_and_whom_to_call(shop, editor, ward):
    from wardmark.base.models import WardSettings

    setting = WardSettings.objects.get()
    setting.hotline = "024 0000 0001"
    setting.save()
    text = PdfReader(BytesIO(printed([shop], editor))).pages[0].extract_text()
    letter = ClaimLetter.objects.get()
    assert "024 0000 0001" in text
    assert f"{timezone.localtime(letter.valid_until):%d/%m/%Y}" in text
    assert letter.printed_serial in text


def test_printed_again_it_has_another_code(shop, editor):
    pages = [PdfReader(BytesIO(printed([shop], editor))).pages[0] for _ in range(2)]
    assert code_on(pages[0]) != code_on(pages[1])
    assert [letter.state for letter in ClaimLetter.objects.order_by("pk")] == ["cancelled", "open"]


def test_a_long_name_with_a_strange_sign_still_fits_above_the_foot(shop, editor):
    shop.name = "Cửa hàng tạp hoá – điểm thu đổi pin và rác tái chế 寺 " * 3
    shop.save()
    assert len(symbols(printed([shop], editor))) == 1


def test_too_many_at_once_are_refused_and_none_is_made(shop, editor):
    with pytest.raises(NotPossible):
        printed([shop] * (MOST_AT_ONCE + 1), editor)
    assert not ClaimLetter.objects.exists()


def test_where_a_symbol_does_not_read_back_no_letter_is_made(shop, editor, monkeypatch):
    def fails(*_args, **_more):
        raise NotProved("another address")

    monkeypatch.setattr(printing, "read_back", fails)
    with pytest.raises(ArtworkRefused):
        printed([shop], editor)
    assert not ClaimLetter.objects.exists()
    assert not shop.keeping_events.exists()
