"""What hinders a site from being published, and that the editor is told which claim it is."""

import pytest
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from heritage.models import HeritageSitePage
from heritage.reading_time import WORDS_IN_30_SECONDS
from tests.factories import HeritageSitePageFactory
from tests.heritage.stories import account, claim, moment, story, timeline
from wardmark.base.publishing import NotReady

pytestmark = pytest.mark.django_db


def hindered(**fields) -> dict[str, list[str]]:
    return HeritageSitePage(**({"title": "Đình Thử", "summary": "Ngôi đình."} | fields)).what_hinders_publishing()


def test_a_site_with_its_first_layer_and_no_claim_may_go_out():
    assert hindered() == {}


@pytest.mark.parametrize("summary", ["", "  \n", "…"])
def test_the_first_layer_must_be_written(summary):
    assert list(hindered(summary=summary)) == ["summary"]


def test_the_first_layer_has_at_most_sixty_words_and_the_editor_is_told_how_many():
    assert hindered(summary="chữ " * WORDS_IN_30_SECONDS) == {}
    [message] = hindered(summary="chữ " * (WORDS_IN_30_SECONDS + 13))["summary"]
    assert "73" in message
    assert "60" in message


@pytest.mark.parametrize("layer", ["story", "in_depth"])
@pytest.mark.parametrize(
    ("block", "named"),
    [
        (claim("Dựng năm 1706.", sources=[]), "Dựng năm 1706."),
        (claim("Dựng từ thời Lý.", kind="tradition", sources=[]), "Dựng từ thời Lý."),
        (claim(others=[account("Dựng năm 1740.", sources=[])]), "Dựng năm 1740."),
        (timeline(moment(), moment("1947", "Bị đốt.", sources=[])), "1947: Bị đốt."),
    ],
    ids=["documented", "tradition", "another account", "moment of a timeline"],
)
def test_a_claim_without_a_source_is_named(layer, block, named):
    hindrances = hindered(**{layer: story(block)})
    assert list(hindrances) == [layer]
    [message] = hindrances[layer]
    assert named in message


def test_every_claim_without_a_source_is_named():
    blocks = claim("Một.", sources=[]), claim("Hai."), claim("Ba.", sources=[])
    one, three = hindered(story=story(*blocks))["story"]
    assert "Một." in one
    assert "Ba." in three


@pytest.mark.parametrize("block", [claim(), ("source", {"text": "Văn bia", "url": ""})])
def test_an_era_in_years_needs_a_source_somewhere_on_the_page(block):
    dated = {"era": "năm 1706", "era_from": 1706}
    assert list(hindered(**dated)) == ["era"]
    assert hindered(**dated, in_depth=story(block)) == {}


# ---- in the editor -----------------------------------------------------------------------------


def form(client, page, *, summary: str = "Ngôi đình.", sources=()) -> dict:
    """The editor's form for this page, with one claim in its second layer."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    written = querydict_from_html(html, form_id="page-edit-form").dict()
    statement = {
        "kind": "documented",
        "text": rich_text("<p>Dựng năm 1706.</p>", editor="default", features=["bold", "italic", "link"]),
        "sources": counted([{"text": text, "url": ""} for text in sources]),
        "others": counted([]),
    }
    layers = nested_form_data({"story": streamfield([("claim", statement)]), "in_depth": streamfield([])})
    return written | layers | {"summary": summary}


def counted(rows: list[dict]) -> dict:
    """The rows of a list block, as its form sends them."""
    fields = {"count": str(len(rows))}
    for number, row in enumerate(rows):
        fields |= {f"{number}-deleted": "", f"{number}-order": str(number), f"{number}-id": ""}
        fields |= {f"{number}-value-{name}": value for name, value in row.items()}
    return fields


@pytest.fixture
def draft(heritage):
    return HeritageSitePageFactory(parent=heritage, live=False)


def send(client, page, form_data):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_data)


def test_a_draft_may_be_saved_without_a_source_or_a_first_layer(editor_client, draft):
    assert send(editor_client, draft, form(editor_client, draft, summary="")).status_code == 302
    draft.refresh_from_db()
    saved = draft.get_latest_revision_as_object()
    assert saved.summary == ""
    assert isinstance(saved.story[0].value["text"], RichText)
    assert "1706" in saved.story[0].value["text"].source


def test_publishing_it_names_the_claim_at_its_block_and_leaves_the_page_a_draft(editor_client, draft):
    refused = send(editor_client, draft, form(editor_client, draft) | {"action-publish": "1"})
    assert refused.status_code == 200
    [of_story] = refused.context["form"].errors.as_data()["story"]
    of_claim = of_story.block_errors[0].block_errors["sources"].non_block_errors
    assert "Dựng năm 1706." in str(of_claim)
    draft.refresh_from_db()
    assert not draft.live


def test_publishing_a_first_layer_that_is_too_long_says_how_long_it_is(editor_client, draft):
    data = form(editor_client, draft, summary="chữ " * 61, sources=["Văn bia"]) | {"action-publish": "1"}
    refused = send(editor_client, draft, data)
    assert list(refused.context["form"].errors) == ["summary"]
    assert "61" in refused.context["form"].errors["summary"][0]


def test_a_page_with_all_its_sources_is_published(editor_client, draft):
    data = form(editor_client, draft, sources=["Văn bia 1706"]) | {"action-publish": "1"}
    assert send(editor_client, draft, data).status_code == 302
    draft.refresh_from_db()
    assert draft.live


def test_a_live_page_keeps_what_it_says_while_its_next_version_lacks_a_source(editor_client, heritage):
    page = HeritageSitePageFactory(parent=heritage)
    assert send(editor_client, page, form(editor_client, page)).status_code == 302
    page.refresh_from_db()
    with pytest.raises(NotReady):
        page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.live
    assert not page.story
