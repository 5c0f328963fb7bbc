"""What was measured, beside its goal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    what: str
    figure: float
    goal: float
    unit: str
    is_least: bool = False  # the goal is a lower bound
    note: str = ""

    @property
    def holds(self):
        return self.figure >= self.goal if self.is_least else self.figure <= self.goal

    def line(self):
        sign = "≥" if self.is_least else "≤"
        verdict = "holds" if self.holds else "MISSED"
        figure, goal = f"{self.figure:.2f} {self.unit}", f"{sign} {self.goal:g} {self.unit}"
        return f"{self.what:<52} {figure:>14} {goal:>14}  {verdict:<7} {self.note}"
