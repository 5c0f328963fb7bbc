"""What is written about measures nobody has told of for long, and when it is untrue by then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from measures.models import Measure, MeasureReminderRun
from partners.models import Message, MessageState, Organisation, User
from partners.post import letters, outbox, reaching
from partners.post.reaching import Level, Reached

USEFUL_FOR = timedelta(days=7)
MOST_NAMED = 20  # measures of one partner in a letter


@dataclass(frozen=True)
class Silence:
    """A partner with measures that nobody has told of for long, and who is reached there."""

    organisation: Organisation
    measures: Sequence[Measure]  # the longest silence first
    reached: Reached


def occasion_of(organisation: int, now: datetime) -> str:
    """How the keys begin of the letters to the people of *organisation* written at *now*."""
    return f"{reaching.prefix(organisation)}measures_stale:{now:%Y%m%dT%H%M%S}:"


def occasion_of_calls(now: datetime) -> str:
    """How the keys begin of those to the coordinators, of all partners without anybody else."""
    return f"measures.partners_to_call:{now:%Y%m%dT%H%M%S}:"


def measures_stale(silence: Silence, now: datetime) -> list[Message]:
    """Ask the people of a partner how its measures go; the letters, not kept yet."""
    occasion = occasion_of(silence.organisation.pk, now)
    found = []
    for person in silence.reached.people:
        context = _told(silence, person) | {
            "is_contact": silence.reached.level is Level.CONTACT,
        }
        key = f"{occasion}{person.pk}"
        found.append(_written(key, person, "measures/measures_stale", context, now))
    return found


def partners_to_call(silences: Sequence[Silence], now: datetime) -> list[Message]:
    """Tell the coordinators of partners where nobody can be reached, and whom to call there."""
    occasion = occasion_of_calls(now)
    found = []
    for person in silences[0].reached.people:
        context: dict[str, object] = {
            "partners": [_told(silence, person) for silence in silences],
            "number": len(silences),
            "first": silences[0].organisation.name,
        }
        key = f"{occasion}{person.pk}"
        found.append(_written(key, person, "measures/partners_to_call", context, now))
    return found


def _written(
    key: str, person: User, letter: str, context: dict[str, object], now: datetime
) -> Message:
    message = outbox.written(key, person, letter, context)
    message.useless_after = now + USEFUL_FOR
    return message


def preview(organisation: Organisation, measures: Sequence[Measure], person: User) -> list[str]:
    """Both letters about *measures* of *organisation*, as *person* would read them. No query.

    The first as to the partner's contact person, the second as to whoever has to call there.
    """
    silence = Silence(organisation, measures, Reached(Level.CONTACT, [person], [person]))
    told = _told(silence, person)
    calls = {"partners": [told], "number": 1, "first": organisation.name}
    both: dict[str, dict[str, object]] = {
        "measures/measures_stale": told | {"is_contact": True},
        "measures/partners_to_call": calls,
    }
    found = []
    for letter, context in both.items():
        written = letters.write(person.language, letter, context).to(person.name)
        found.append(f"{written.subject}\n\n{written.text}")
    return found


def _told(silence: Silence, person: User) -> dict[str, object]:
    named = silence.measures[:MOST_NAMED]
    return {
        "organisation": silence.organisation.name,
        "link": outbox.link(person, "partner_detail", slug=silence.organisation.slug),
        "number": len(silence.measures),
        "more": len(silence.measures) - len(named),
        # Of all of them it is true that nobody has told since the latest of these moments.
        "since": max(measure.updated_at for measure in silence.measures),
        "measures": [
            {
                "title": measure.title,
                "told_at": measure.updated_at,
                "nothing_new": outbox.link(person, "measure_nothing_new", pk=measure.pk),
                "report": outbox.link(person, "measure_report", pk=measure.pk),
            }
            for measure in named
        ],
        "to_call": [
            {"name": one.name, "phone": one.phone} for one in silence.reached.to_call if one.phone
        ],
    }


def overtaken(measure: Measure, now: datetime) -> None:
    """Stop what waits to be written about *measure*: somebody has told of it, or taken it back.

    What such a letter says of other measures is written anew when the clock next looks. One query
    where nothing was written of late.
    """
    drop(MeasureReminderRun.objects.filter(measure=measure).occasions(now - USEFUL_FOR))


def drop(occasions: Iterable[str]) -> int:
    """Stop the letters of *occasions* that wait; return how many. A query each."""
    return sum(outbox.drop(occasion) for occasion in occasions)


def fates(occasions: list[str]) -> tuple[set[str], set[str]]:
    """Which of *occasions* reached nobody as they were overtaken, and which have letters that wait.

    One query; none without occasions.
    """
    found: dict[str, set[tuple[str, str]]] = {occasion: set() for occasion in occasions}
    if occasions:
        rows = Message.objects.about(occasions).values_list("key", "state", "last_error")
        for key, state, reason in rows:
            found[key[: key.rindex(":") + 1]].add((state, reason))
    dropped = {(MessageState.SKIPPED.value, outbox.OVERTAKEN)}
    waits = {MessageState.WAITING.value, MessageState.STOPPED.value}
    return (
        {one for one, fate in found.items() if fate <= dropped},
        {one for one, fate in found.items() if waits & {state for state, _reason in fate}},
    )
