"""Scales, spreading and thinning, each with numbers that can be checked by hand."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.charts.geometry import Box, capped, day_scale, nice_scale, spread, thinned
from generator.charts.plot import decimals, tick_words, time_ticks
from generator.charts.style import Palette, contrast, mix, readable
from generator.model.fact import Unit


def test_a_nice_scale_ends_at_round_numbers_around_the_values() -> None:
    scale = nice_scale([84.79, 182.78], 0.0, 100.0, most=8)
    assert (scale.low, scale.high, scale.ticks) == (80.0, 200.0, (80.0, 100.0, 120.0, 140.0, 160.0, 180.0, 200.0))
    assert scale.at(140.0) == pytest.approx(50.0)


def test_a_tight_scale_keeps_the_values_inside_and_its_ticks_round() -> None:
    scale = nice_scale([78.0, 205.0], 0.0, 100.0, most=10, tight=True)
    assert scale.low < 78.0
    assert scale.high > 205.0
    assert scale.ticks == (80.0, 100.0, 120.0, 140.0, 160.0, 180.0, 200.0)


def test_equal_values_still_make_a_scale() -> None:
    assert nice_scale([5.0, 5.0], 0.0, 1.0).high > 5.0
    assert nice_scale([0.0], 0.0, 1.0).high > nice_scale([0.0], 0.0, 1.0).low
    assert day_scale([date(2025, 10, 1)], 0.0, 30.0).at(date(2025, 10, 1).toordinal()) == 15.0


def test_labels_at_one_place_are_spread_evenly_around_it() -> None:
    assert spread([10.0, 10.0, 10.0], [2.0, 2.0, 2.0], 0.0, 20.0) == pytest.approx([8.0, 10.0, 12.0])


def test_labels_at_the_edge_are_pushed_inside() -> None:
    assert spread([20.0, 19.0], [4.0, 4.0], 0.0, 20.0) == pytest.approx([18.0, 14.0])


def test_labels_keep_their_order_if_asked() -> None:
    assert spread([5.0, 4.0], [2.0, 2.0], 0.0, 20.0, in_order=True) == pytest.approx([3.5, 5.5])


@given(st.lists(st.floats(-50, 150), min_size=1, max_size=15), st.floats(0.5, 12.0))
def test_spread_labels_never_overlap_and_never_leave_the_room(wanted: list[float], size: float) -> None:
    places = spread(wanted, [size] * len(wanted), 0.0, 100.0)
    room = min(size, 100.0 / len(wanted))
    ordered = sorted(places)
    assert all(b - a >= room - 1e-6 for a, b in pairwise(ordered))
    assert ordered[0] >= room / 2 - 1e-6
    assert ordered[-1] <= 100.0 - room / 2 + 1e-6


def test_a_thinned_line_keeps_its_ends_and_its_highest_and_lowest_point() -> None:
    points = [(float(i), float((i * 7919) % 1009)) for i in range(2000)]
    thin = thinned(points)
    assert len(thin) <= 260
    assert (thin[0], thin[-1]) == (points[0], points[-1])
    assert {min(p[1] for p in thin), max(p[1] for p in thin)} == {min(p[1] for p in points), max(p[1] for p in points)}
    assert thin == sorted(thin)


def test_a_short_line_is_not_thinned() -> None:
    assert thinned([(0.0, 1.0), (1.0, 2.0)]) == [(0.0, 1.0), (1.0, 2.0)]


def test_a_line_is_capped_where_it_crosses_the_level() -> None:
    assert capped([(0.0, 0.0), (2.0, 2.0), (4.0, 0.0)], 1.0) == [(0.0, 0.0), (1.0, 1.0), (3.0, 1.0), (4.0, 0.0)]


def test_a_box_knows_what_it_meets() -> None:
    box = Box(0.0, 0.0, 2.0, 2.0)
    assert box.meets(Box(1.0, 1.0, 3.0, 3.0))
    assert not box.meets(Box(2.0, 0.0, 3.0, 2.0))
    assert box.crossed([(-1.0, 1.0), (3.0, 1.0)])
    assert not box.crossed([(-1.0, 3.0), (3.0, 3.0)])


@pytest.mark.parametrize(
    ("tick", "unit", "words"),
    [
        (1200.0, Unit.PER_ADS, "1,200"),
        (-0.25, Unit.FRACTION, "\u221225%"),
        (22.0, Unit.MULTIPLE, "22\u00d7"),
        (12.5, Unit.MULTIPLE, "12.5\u00d7"),
        (-0.0, Unit.FRACTION, "0%"),
    ],
)
def test_ticks_are_written_like_figures(tick: float, unit: Unit, words: str) -> None:
    assert tick_words(tick, unit, decimals([tick])) == words


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(2, 12000), st.integers(4, 12))
def test_every_time_axis_has_marks_inside_it_and_names_a_year(first: date, days: int, most: int) -> None:
    last = first + timedelta(days=days)
    ticks = time_ticks(first, last, most)
    assert all(first <= day <= last for day, _ in ticks)
    assert len(ticks) <= most + 1 or days > 365 * 10 * most
    if 62 <= days <= 700:
        assert any(len(lines) == 2 for _, lines in ticks)


def test_small_text_is_dark_enough_on_its_ground() -> None:
    palette = Palette()
    assert readable(palette.brand) == palette.brand
    assert contrast(readable(palette.teal), "#FFFFFF") >= 4.5
    assert contrast(readable(palette.accent, palette.panel), palette.panel) >= 4.5
    assert mix("#000000", 0.5) == "#808080"
