import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.places import Position
from wardmark.base.standing import standing_at, standing_query


@given(st.builds(Position, st.floats(-90, 90), st.floats(-180, 180)))
def test_a_position_comes_back_to_about_a_metre(position):
    found = standing_at(standing_query(position))
    assert found.latitude == pytest.approx(position.latitude, abs=0.00001)
    assert found.longitude == pytest.approx(position.longitude, abs=0.00001)


def test_what_this_site_did_not_sign_is_no_position(settings):
    made = standing_query(Position(21.03, 105.79))
    assert standing_at(made)
    for query in ("", "at=", "at=21.03000,105.79000", made.replace("21.03", "21.04"), made + "&q=1", "q=1&" + made):
        assert standing_at(query) is None
    settings.SECRET_KEY = "another"
    assert standing_at(made) is None


@given(st.text(max_size=60))
def test_no_query_breaks_it(query):
    assert standing_at(query) is None
