"""Which fields of a site are translated and which are the same in all languages."""

import pytest
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource

from heritage.access import Wheelchair
from heritage.models import HeritageSitePage, Rank
from tests.factories import HeritageKindFactory, HeritageSitePageFactory
from tests.heritage.stories import claim, story

pytestmark = pytest.mark.django_db
TRANSLATED = {
    "title",
    "summary",
    "promise",
    "photo_alt",
    "address",
    "opening_hours",
    "story",
    "in_depth",
    "also_called",
    "era",
    "access_note",
    "manners",
}
SAME = {
    "kind_of_site",
    "han_nom_name",
    "era_from",
    "era_to",
    "steps",
    "wheelchair",
    "keeper_contact",
    "rank",
    "rank_authority",
    "rank_decision",
    "ranked_on",
    "rank_year",
}


def test_words_are_translated_and_facts_are_not():
    page = HeritageSitePage(**dict.fromkeys(TRANSLATED - {"story", "in_depth"}, "x"))
    fields = {field.field_name: field for field in get_translatable_fields(HeritageSitePage)}
    assert {name for name in TRANSLATED if fields[name].is_translated(page)} == TRANSLATED
    for name in SAME:
        assert fields[name].is_synchronized(page), name
        assert not fields[name].is_overridable(page), name


def test_a_changed_fact_reaches_the_translation_and_claims_keep_their_sources(heritage):
    page = HeritageSitePageFactory(parent=heritage, story=story(claim()))
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(
        source=source, target_locale=heritage.get_translations().get().locale, enabled=True
    )
    translation.save_target(publish=False)
    page.kind_of_site, page.rank, page.wheelchair, page.steps = HeritageKindFactory(), Rank.CITY, Wheelchair.NO, 5
    page.save_revision().publish()
    source.update_from_db()
    translation.save_target(publish=False)
    target = translation.get_target_instance().get_latest_revision_as_object()
    for name in ("kind_of_site_id", "rank", "wheelchair", "steps"):
        assert getattr(target, name) == getattr(page, name)
    assert len(target.story[0].value["sources"]) == 1
