"""The axes of drawings: in which steps they are divided, and at which round number they end."""

from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

MOST_STEPS = 5  # above 0, in one picture


class Axis(NamedTuple):
    """An axis that begins at 0."""

    step: Decimal
    top: Decimal

    @property
    def lines(self) -> list[Decimal]:
        """0, and each step to the top."""
        return [n * self.step for n in range(int(self.top / self.step) + 1)]


def axis(highest: Decimal | int, *, most: int = MOST_STEPS, in_ones: bool = False) -> Axis:
    """An axis in at most *most* steps of 1, 2 or 5 × 10ⁿ, the last of them not below *highest*.

    What is counted *in_ones* has no step below 1.
    """
    if highest <= 0:
        return Axis(Decimal(1), Decimal(1))
    power = Decimal(1).scaleb((Decimal(highest) / most).adjusted())
    step = next(n * power for n in (1, 2, 5, 10) if n * power * most >= highest)
    if in_ones:
        step = max(step, Decimal(1))
    return Axis(step, (highest / step).to_integral_value(ROUND_CEILING) * step)
