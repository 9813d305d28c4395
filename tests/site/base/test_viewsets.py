from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from wardmark.base.viewsets import DayColumn


@pytest.mark.parametrize(("language", "shown"), [("vi", "05/03/2029"), ("en", "5 Mar 2029")])
def test_a_day_to_come_is_written_as_a_day(language, shown):
    with override(language):
        assert DayColumn("until").get_value(SimpleNamespace(until=date(2029, 3, 5))) == shown


def test_a_day_that_is_not_known_is_left_empty():
    assert DayColumn("until").get_value(SimpleNamespace(until=None)) == ""
