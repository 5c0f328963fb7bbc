"""Doing: challenges, climate measures, how they go, and what stood in the way."""

from measures.models.city import CityEmission, CityFigure, CityTarget
from measures.models.measures import (
    COUNTING,
    Challenge,
    Effect,
    EffectMethod,
    Measure,
    MeasureBarrier,
    MeasureQuerySet,
    MeasureReport,
    MeasureStatus,
)

__all__ = [
    "COUNTING",
    "Challenge",
    "CityEmission",
    "CityFigure",
    "CityTarget",
    "Effect",
    "EffectMethod",
    "Measure",
    "MeasureBarrier",
    "MeasureQuerySet",
    "MeasureReport",
    "MeasureStatus",
]
