"""What the walk's organisation has promised: rows for its world, and what their URLs need."""

from tests.promise_builders import (
    make_adoption,
    make_challenge,
    make_counter_commitment,
    make_letter_of_intent,
    make_shared_report,
)


def promises(organisation, people):
    """What belongs in the world of the walk, by name."""
    by = people["coord"]
    challenge = make_challenge()
    other = make_challenge("Mindre matsvinn")
    make_letter_of_intent(organisation, by=by)
    return {
        "challenge": challenge,
        "other_challenge": other,
        "adoption": make_adoption(organisation, challenge, by=people["contact"]),
        "shared": make_shared_report(organisation, by=people["contact"]),
        "counter_commitment": make_counter_commitment(challenge, by=by),
    }


def addresses_of_promises(world):
    """Arguments of the URLs about promises."""
    challenge = {"pk": world["challenge"].pk}
    counter = {"pk": world["counter_commitment"].pk}
    organisation = {"slug": world["organisation"].slug}
    adoption = {"pk": world["adoption"].pk}
    return {
        "promise": organisation,
        **{f"promise_{what}": organisation for what in ("take_on", "target", "report")},
        **{f"promise_{what}": adoption for what in ("drop", "achieve", "undo")},
        "promise_report_remove": {"pk": world["shared"].pk},
        **{f"challenge_{what}": challenge for what in ("detail", "edit", "move", "retire")},
        "counter_commitment_add": challenge,
        **{f"counter_commitment_{what}": counter for what in ("edit", "remove", "back")},
    }
