"""A row entered twice is refused beside it in words, never with a failure."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from streets.models import Programme, StreetProgramme
from tests.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("action", ["action-publish", "save"])
def test_a_programme_joined_twice(editor_client, street, action):
    programme = ProgrammeFactory()
    data = nested_form_data(
        {
            "title": street.title,
            "slug": street.slug,
            "story": streamfield([]),
            "programme_links": inline_formset([{"programme": str(programme.pk), "ORDER": str(n)} for n in (1, 2)]),
            "comments": inline_formset([]),
        }
    )
    answer = editor_client.post(reverse("wagtailadmin_pages:edit", args=[street.pk]), data | {action: "1"})
    assert answer.status_code == 200
    assert not StreetProgramme.objects.exists()


def test_words_of_a_criterion_in_one_language_twice(editor_client, ward):
    words = inline_formset([{"language": "vi", "name": name, "source": ""} for name in ("Một", "Hai")])
    criterion = {"measure": "claimed", "target": "", "target_unit": "percent", "source_url": "", "ORDER": "1"}
    data = nested_form_data(
        {
            "key": "thu",
            "wordings": inline_formset([{"language": "vi", "name": "Thử", "description": ""}]),
            "criteria": inline_formset([criterion | {"wordings": words}]),
        }
    )
    answer = editor_client.post(reverse(Programme.snippet_viewset.get_url_name("add")), data)
    assert answer.status_code == 200
    assert not Programme.objects.exists()
