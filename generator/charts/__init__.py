"""Charts: facts and series as pictures. Each `draw_x` is pure: the same facts and look give the same bytes."""

from generator.charts.bars import PlanBar, draw_correlation, draw_plans
from generator.charts.columns import Panel, draw_growth, draw_margins, draw_small_multiples
from generator.charts.dots import draw_consensus, draw_multiple_strip
from generator.charts.intensity import SpendingBar, draw_spending
from generator.charts.letters import clipped, overlaps
from generator.charts.lines import draw_drawdown, draw_rebased
from generator.charts.price import draw_price
from generator.charts.ranges import Range, draw_football_field, draw_targets
from generator.charts.scatter import draw_peer_scatter
from generator.charts.shares import draw_share_squares
from generator.charts.style import Look, Palette, Size, Typeface
from generator.charts.valuation import Target, draw_multiple_band, draw_target_fan
from generator.charts.waterfall import draw_waterfall

__all__ = [
    "Look",
    "Palette",
    "Panel",
    "PlanBar",
    "Range",
    "Size",
    "SpendingBar",
    "Target",
    "Typeface",
    "clipped",
    "draw_consensus",
    "draw_correlation",
    "draw_drawdown",
    "draw_football_field",
    "draw_growth",
    "draw_margins",
    "draw_multiple_band",
    "draw_multiple_strip",
    "draw_peer_scatter",
    "draw_plans",
    "draw_price",
    "draw_rebased",
    "draw_share_squares",
    "draw_small_multiples",
    "draw_spending",
    "draw_target_fan",
    "draw_targets",
    "draw_waterfall",
    "overlaps",
]
