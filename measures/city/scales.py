"""Where values stand in a drawing: scales, bars in parts, labels that keep off each other."""

from dataclasses import dataclass
from decimal import Decimal

LEAST_PART = 3.0  # of a bar: what is narrower is not seen


@dataclass(frozen=True)
class Scale:
    """From values *low* to *high* to places *start* to *end*."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float | Decimal) -> float:
        share = (float(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def widths_of(shares: list[Decimal], room: float) -> list[float]:
    """Part *room* by *shares*; what is more than nothing is seen, at the widest part's expense."""
    widths = [float(share) * room for share in shares]
    seen = [max(LEAST_PART, wide) if wide else 0.0 for wide in widths]
    widest = seen.index(max(seen))
    seen[widest] -= sum(seen) - sum(widths)
    return seen


def apart(wanted: list[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """The middles of labels, each near the one it wants and none on another, from top to bottom.

    *wanted* holds middles and heights. Where they have no room between *top* and *bottom* they
    begin at the top and go on below the bottom.
    """
    order = sorted(range(len(wanted)), key=lambda one: wanted[one][0])
    placed = [0.0] * len(wanted)
    edge = top
    for one in order:
        middle, height = wanted[one]
        placed[one] = max(middle, edge + height / 2)
        edge = placed[one] + height / 2
    edge = max(bottom, top + sum(height for _middle, height in wanted))
    for one in reversed(order):
        height = wanted[one][1]
        placed[one] = min(placed[one], edge - height / 2)
        edge = placed[one] - height / 2
    return placed


def star(x: float, y: float, radius: float) -> str:
    """A star of four points round a place."""
    k = radius / 13
    curves = (
        (1.2, 8.2, 3.8, 10.8, 13, 13),
        (-9.2, 2.2, -11.8, 4.8, -13, 13),
        (-1.2, -8.2, -3.8, -10.8, -13, -13),
        (9.2, -2.2, 11.8, -4.8, 13, -13),
    )
    drawn = "".join(f"c{' '.join(number(k * n) for n in curve)}" for curve in curves)
    return f"M{number(x)} {number(y - radius)}{drawn}z"


def number(value: float) -> str:
    """As SVG writes numbers, with two decimals at most."""
    return f"{round(value, 2) or 0:g}"
