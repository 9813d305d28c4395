from dataclasses import replace

import pytest
from django.utils.translation import override

from tests.site.plaques.artwork.inscriptions import inscription
from wardmark.plaques.artwork import FORMATS, ArtworkRefused, lay_out
from wardmark.plaques.artwork.inks import BLACK, WHITE, Colours, Ink, contrast
from wardmark.plaques.artwork.limits import LEAST_CONTRAST, figure

RED, YELLOW, GOLD = Ink("#d40000", (0, 1, 1, 0)), Ink("#ffd800", (0, 0.1, 1, 0)), Ink("#c9a227", (0.2, 0.3, 0.9, 0))
CARD = FORMATS["counter-card"]


def coloured(dark: Ink, light: Ink):
    return replace(CARD, colours=Colours(dark=dark, light=light))


def link_of(length: int) -> str:
    return "https://" + "a" * (length - len("https://.vn/q/7K3M9XP")) + ".vn/q/7K3M9XP"


@pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
def test_every_format_keeps_the_rules_with_an_ordinary_link(format):
    symbol = lay_out(format, inscription()).symbol
    assert symbol.size == format.symbol_mm
    assert symbol.width >= format.distance_m * 1000 / 10
    assert symbol.module_mm >= (1 if format.outdoors else 0.4)
    assert contrast(format.colours.dark, format.colours.light) >= LEAST_CONTRAST


def test_the_contrast_of_black_on_white_is_that_of_wcag():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(Ink("#767676", (0, 0, 0, 0.5)), WHITE) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("dark", "light"), [(RED, YELLOW), (GOLD, WHITE), (Ink("#777777", (0, 0, 0, 0.5)), WHITE)])
def test_a_weak_contrast_is_refused_with_its_figure(dark, light):
    with override("en"), pytest.raises(ArtworkRefused, match=f" {figure(contrast(dark, light))} : 1.*at least 7 : 1"):
        lay_out(coloured(dark, light), inscription())


def test_a_dark_ink_that_is_strong_enough_is_printed():
    navy = Ink("#10204a", (1, 0.9, 0.3, 0.5))
    assert lay_out(coloured(navy, WHITE), inscription()).symbol.ink == navy


@pytest.mark.parametrize(("dark", "light"), [(WHITE, BLACK), (YELLOW, RED)])
def test_light_on_dark_is_refused_however_strong(dark, light):
    with override("en"), pytest.raises(ArtworkRefused, match="light on dark"):
        lay_out(coloured(dark, light), inscription())


def test_a_symbol_too_small_for_its_distance_is_refused_with_the_figures():
    with override("en"), pytest.raises(ArtworkRefused, match=r"from 0.5 m .* at least 50 mm wide; it is 39.2 mm"):
        lay_out(replace(CARD, distance_m=0.5), inscription())


def test_a_link_that_makes_modules_too_small_outdoors_is_refused_with_the_figures():
    outdoors = replace(CARD, outdoors=True, distance_m=0.3, level="H", text_mm=2.1)
    assert lay_out(outdoors, inscription(short_link=link_of(40)))
    with override("en"), pytest.raises(ArtworkRefused, match=r"60 characters makes modules of 0.94 mm; at least 1 mm"):
        lay_out(outdoors, inscription(short_link=link_of(60)))


def test_on_paper_smaller_modules_are_allowed_but_not_below_their_limit():
    small = replace(CARD, symbol_mm=16, distance_m=0.1)
    assert lay_out(small, inscription(note=())).symbol.module_mm == pytest.approx(16 / 37)
    with override("en"), pytest.raises(ArtworkRefused, match=r"at least 0.4 mm"):
        lay_out(replace(small, symbol_mm=14), inscription())


def test_a_symbol_that_would_reach_into_the_margin_is_refused():
    with override("en"), pytest.raises(ArtworkRefused, match="safe margin of 5 mm"):
        lay_out(replace(FORMATS["plain"], width=68), inscription())


def test_figures_are_written_as_the_editors_language_writes_them():
    with override("vi"), pytest.raises(ArtworkRefused, match="39,2 mm"):
        lay_out(replace(CARD, distance_m=0.5), inscription())


def test_a_link_no_symbol_holds_is_refused():
    with override("en"), pytest.raises(ArtworkRefused):
        lay_out(FORMATS["plain"], inscription(short_link=link_of(3000)))
