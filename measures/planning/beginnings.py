"""With which values a form about a measure begins: as it is saved, or as a next step says."""

from typing import Any

from django.utils.translation import gettext as _

from learning.models import Intention
from measures.models import Measure


def of_measure(measure: Measure) -> dict[str, Any]:
    """The values of *measure* as a form shows them. One query."""
    values: dict[str, Any] = {
        name: getattr(measure, name)
        for name in ("title", "description", "status", "start_on", "end_on", "version")
    }
    values |= {
        "reduction_t": measure.reduction_t,
        # Whether “no figure” was chosen or nothing yet is not known: nothing is chosen for them.
        "method": "" if measure.reduction_t is None else measure.method,
        "focus_area": measure.focus_area_id,
        "challenge": measure.challenge_id,
        "origin_session": measure.origin_session_id,
    }
    for barrier in measure.barriers.filter(report=None):
        values[f"has_{barrier.type}"] = True
        values[f"text_{barrier.type}"] = barrier.text
    return values


def of_next_step(intention: Intention) -> dict[str, Any]:
    """A new measure's values where it grows out of a next step."""
    text = intention.then_said
    return {
        "title": text[:1].upper() + text[1:150],
        "description": _("Next step after the session: when %(when)s, we will %(then)s")
        % {"when": intention.when_said, "then": text},
        "intention": intention.pk,
        "organisation": intention.organisation_id,
        "origin_session": intention.session_id,
    }
