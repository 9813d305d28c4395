"""Two workers that take the figures of a month at the same moment, with real commits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from streets.measures import MEASURES
from streets.models import MeasureSnapshot
from streets.snapshots import take_snapshots
from tests.factories import ShopPageFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_figure_is_taken_once(street):
    ShopPageFactory(parent=street)

    def take(_worker: int) -> None:
        try:
            take_snapshots()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(4)))
    taken = MeasureSnapshot.objects.filter(street_key=street.translation_key)
    assert sorted(taken.values_list("measure", flat=True)) == sorted(MEASURES)
