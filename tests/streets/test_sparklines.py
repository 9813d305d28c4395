from hypothesis import given
from hypothesis import strategies as st

from streets.sparklines import HEIGHT, WIDTH, sparkline

SHARES = st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=24)


@given(SHARES)
def test_a_chart_has_a_dot_for_each_known_month_within_the_drawing(shares):
    chart = sparkline(shares)
    known = [share for share in shares if share is not None]
    assert (chart is None) == (len(known) < 2)
    if chart:
        assert len(chart.dots) == len(known)
        assert all(0 < dot.x < WIDTH and 0 < dot.y < HEIGHT for dot in chart.dots)


def test_a_line_breaks_where_a_month_is_not_known():
    assert sparkline([0.1, 0.2, None, 0.4]).path.count("M") == 2
    assert sparkline([0.1, 0.2, 0.4]).path.count("M") == 1


def test_more_stands_higher_and_the_target_on_the_same_scale():
    chart = sparkline([0.2, 0.8], target=0.8)
    assert chart.dots[0].y > chart.dots[1].y == chart.target_y
