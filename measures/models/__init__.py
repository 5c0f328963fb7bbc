"""Doing: challenges, climate measures, how they go, and what stood in the way."""

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
    "Effect",
    "EffectMethod",
    "Measure",
    "MeasureBarrier",
    "MeasureQuerySet",
    "MeasureReport",
    "MeasureStatus",
]
