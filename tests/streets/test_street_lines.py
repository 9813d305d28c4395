import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource

from streets.models import StreetPage
from tests.factories import ShopPageFactory, StreetPageFactory
from wardmark.base.models import WardSettings

pytestmark = pytest.mark.django_db
LINE = {"type": "MultiLineString", "coordinates": [[[105.785, 21.03], [105.786, 21.032], [105.789, 21.033]]]}
PASTED = "21.03, 105.785\n21.032, 105.786\n21.033, 105.789"
WARD = [[105.78, 21.02], [105.80, 21.02], [105.80, 21.04], [105.78, 21.04], [105.78, 21.02]]


@pytest.fixture
def drawn_street(street):
    return StreetPageFactory(parent=street.get_parent(), title="Phố Có Đường", line=LINE)


def ward_settings() -> WardSettings:
    return WardSettings.for_site(Site.objects.get())


def seen(client, page) -> str:
    return client.get(page.get_url()).content.decode()


def page_form(street, **changed):
    data = {
        "title": street.title,
        "slug": street.slug,
        "story": streamfield([]),
        "programme_links": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data(data | changed)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_street_its_list_and_the_home_page_draw_its_line(client, ward, drawn_street, language):
    assert "ward-map__line--street" in seen(client, drawn_street)
    for page in (drawn_street.get_parent(), ward.homes["vi"]):
        html = seen(client, page)
        assert "ward-map__line--street" in html
        assert f'<a href="{drawn_street.get_url()}" tabindex="-1" aria-hidden="true">' in html
        # Marked half way along it: nobody entered a position.
        assert f'aria-label="1. {drawn_street.title}"' in html


def test_a_street_draws_its_shops_with_the_numbers_of_their_cards(client, drawn_street):
    ShopPageFactory(parent=drawn_street, latitude=Decimal("21.0305"), longitude=Decimal("105.7852"))
    html = seen(client, drawn_street)
    assert '<span class="card__number" aria-hidden="true">1</span>' in html
    assert 'class="ward-map__dot"' in html


def test_a_street_nobody_has_drawn_shows_no_map(client, street):
    assert "ward-map" not in seen(client, street)


def test_lines_cost_the_list_of_streets_and_the_home_page_no_query(client, ward, street):
    index = street.get_parent()

    def queries() -> list[int]:
        counts = []
        for page in (index, ward.homes["vi"]):
            client.get(page.get_url())
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page.get_url()).status_code == 200
            counts.append(len(captured))
        return counts

    before = queries()
    for _ in range(4):
        StreetPageFactory(parent=index, line=LINE)
    settings = ward_settings()
    settings.boundary = {"type": "MultiPolygon", "coordinates": [[WARD]]}
    settings.save()
    assert queries() == before


def test_an_editor_pastes_positions_and_finds_them_again(editor_client, drawn_street, street):
    url = reverse("wagtailadmin_pages:edit", args=[street.pk])
    response = editor_client.post(url, page_form(street, line=PASTED) | {"action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors
    assert StreetPage.objects.get(pk=street.pk).line == LINE
    assert PASTED in editor_client.get(url).content.decode().replace("\r\n", "\n")


def test_an_editor_is_told_what_is_wrong_and_keeps_the_words(editor_client, street):
    url = reverse("wagtailadmin_pages:edit", args=[street.pk])
    response = editor_client.post(url, page_form(street, line="105.785, 21.03\n105.786, 21.03"))
    assert response.context["form"].errors.keys() == {"line"}
    assert "105.785, 21.03\n105.786, 21.03" in response.content.decode().replace("\r\n", "\n")
    assert StreetPage.objects.get(pk=street.pk).line is None


def test_a_line_is_the_same_in_all_languages(ward, drawn_street):
    fields = {field.field_name: field for field in get_translatable_fields(StreetPage)}
    assert fields["line"].is_synchronized(drawn_street)
    assert not fields["line"].is_overridable(drawn_street)
    source, _created = TranslationSource.update_or_create_from_instance(drawn_street)
    parent, _created = TranslationSource.update_or_create_from_instance(drawn_street.get_parent().specific)
    for one in (parent, source):
        translation = Translation.objects.create(source=one, target_locale=ward.homes["en"].locale, enabled=True)
        translation.save_target(publish=True)
    assert translation.get_target_instance().specific.line == LINE


@pytest.mark.parametrize(
    ("pasted", "accepted"),
    [
        (json.dumps({"type": "Polygon", "coordinates": [WARD]}), True),
        (json.dumps({"type": "Polygon", "coordinates": [WARD[:-1]]}), False),
    ],
)
def test_the_boundary_is_entered_with_the_wards_settings_and_drawn(client, editor, ward, pasted, accepted):
    settings = ward_settings()
    client.force_login(editor)
    words = [{"id": str(w.pk), "language": w.language, "name": w.name, "ORDER": "1"} for w in settings.wordings.all()]
    data = nested_form_data(
        {
            "wordings": inline_formset(words, initial=len(words)),
            "boundary": pasted,
            "office_hours": settings.office_hours,
            "office_days": inline_formset([]),
        }
    )
    response = client.post(reverse("wagtailsettings:edit", args=["base", "wardsettings", settings.site_id]), data)
    assert (response.status_code == 302) is accepted
    client.logout()
    assert ("ward-map__boundary" in seen(client, ward.homes["vi"])) is accepted
    if not accepted:
        assert (
            gettext("An area must end where it began: its last position repeats the first.")
            in (response.context["form"].errors["boundary"])
        )
