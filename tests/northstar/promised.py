"""What the walk's organisation has promised: rows for its world, and what their URLs need."""

from tests.promise_builders import make_challenge, make_counter_commitment


def promises(organisation, people):
    """What belongs in the world of the walk, by name."""
    by = people["coord"]
    challenge = make_challenge()
    make_challenge("Mindre matsvinn")
    return {
        "challenge": challenge,
        "counter_commitment": make_counter_commitment(challenge, by=by),
    }


def addresses_of_promises(world):
    """Arguments of the URLs about promises."""
    challenge = {"pk": world["challenge"].pk}
    counter = {"pk": world["counter_commitment"].pk}
    return {
        **{f"challenge_{what}": challenge for what in ("detail", "edit", "move", "retire")},
        "counter_commitment_add": challenge,
        **{f"counter_commitment_{what}": counter for what in ("edit", "remove", "back")},
    }
