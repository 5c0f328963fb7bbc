"""The people a row names, as every kind of list reads them: one rule for cells and mailboxes.

Two names in a cell are two people where there is an address for each; a mailbox that is somebody
else's is not used; whoever is spelled in several ways is called by the fullest name of the list.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from partners.intake.batches import Record
from partners.intake.kinds import Ask, yes_or_no
from partners.intake.plans import Line, fill
from partners.intake.register import Register
from partners.models import MembershipRole, Organisation, User
from partners.reading.addresses import guess_address, read_addresses
from partners.reading.names import Name, before_remark, read_names
from partners.reading.text import Unclear
from partners.sheets import cells

# What is written where nobody is named; folded.
_NOBODY = {"", "saknas", "nn", "n n", "n a", "na", "okänd", "okänt", "vakant", "ingen", "se ovan",
           "tba", "tbd", "unknown", "none", "missing", "vacant"}  # fmt: skip
SAME, DOUBTFUL = 90, 60  # per cent of two names with one address
MOST_PAIRED = 5  # names of a cell, for which each order of as many addresses is tried


@dataclass(frozen=True)
class Named:
    """Somebody a row names, with the address that is theirs."""

    name: str
    email: str

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.email)))


class Persons:
    """Reads the people of rows, and finds who is meant; *meaning* is the column of their names."""

    def __init__(
        self, register: Register, decisions: dict[str, Any], meaning: str, rows: Iterable[Record]
    ) -> None:
        self._register = register
        self._said: dict[str, str] = decisions.get("asks", {})
        self._meaning = meaning
        # By address: each spelling of a name with the sheets and rows that have it.
        self._spelled: dict[str, dict[str, set[tuple[int, int]]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self._found: dict[str, list[str]] = {}  # addresses by cell: each is read twice
        self._named_in: dict[str, tuple[Name, ...]] = {}  # names by cell, where it is understood
        self._emails: dict[str, set[str]] = defaultdict(set)  # by folded name
        for row in rows:
            self._hear(row)

    def _hear(self, row: Record) -> None:
        text, cell = _text(row, self._meaning), row.get("email")
        emails = self._found[cell] = _emails(cell)
        names = self._named_in.get(text)
        if names is None:
            names = self._named_in[text] = _names(text)
        if len(names) == len(emails) == 1:
            self._spelled[emails[0]][names[0].name].add((row.sheet, row.number))
            self._emails[cells.fold(names[0].name)].add(emails[0])

    # Reading

    def read(self, line: Line) -> list[Named]:
        """Who stands in the row; what is not understood is noted at its cell, and left out."""
        emails = self._addresses(line)
        text = "" if self._meaning in line.problems else _text(line.record, self._meaning)
        if _is_nobody(text):
            named = [Name("")][: len(emails)]
        else:
            named = self._named(line, text) or [Name("")][: len(emails)]
        if len(named) > 1:
            return self._each_with_address(line, named, emails)
        if len(emails) > 1:
            line.notes.append(
                _("The cell has several addresses. %(first)s is used, not %(others)s.")
                % {"first": emails[0], "others": ", ".join(emails[1:])}
            )
        return [Named(one.name[:150], emails[0] if emails else "") for one in named]

    def _addresses(self, line: Line) -> list[str]:
        text = "" if "email" in line.problems else line.record.get("email")
        found = self._found.get(text) or _emails(text)
        if text and not found:
            line.problems["email"] = _("This is not an e-mail address.")
            line.proposals["email"] = guess_address(text)
        line.notes += self._register.warnings(found)
        return found

    def _named(self, line: Line, text: str) -> list[Name]:
        try:
            names = self._behind_organisation(line, text)
            names = names or list(self._named_in.get(text) or read_names(text))
        except Unclear as unclear:
            line.problems[self._meaning] = _why(unclear)
            line.proposals[self._meaning] = _likely_name(text, unclear)
            return []
        names = self._without_organisations(line, names)
        for one in names:
            beside = ", ".join(filter(None, (one.title, one.organisation)))
            if beside:
                line.notes.append(
                    _("“%(beside)s” beside the name of %(person)s is left out.")
                    % {"beside": beside, "person": one.name}
                )
        return names

    def _behind_organisation(self, line: Line, text: str) -> list[Name]:
        """The people of "Vakin, Jon Lind", where Vakin is known; none where a name begins it."""
        first, *rest = re.split(r"\s*,\s*|\s+[-–—]\s+", text, maxsplit=1)
        if not first or not rest or not self._is_organisation(line, first):
            return []
        people = read_names(rest[0])
        if " " not in people[0].name:  # a family's name may be its company's, too
            raise Unclear("comma", first=first, second=people[0].name)
        return [replace(people[0], organisation=first), *people[1:]]

    def _is_organisation(self, line: Line, name: str) -> bool:
        """Whether *name* is that of the row's own organisation, or of one that is known."""
        if cells.stem(name) == cells.stem(line.name):
            return True
        return self._register.organisation(name).organisation is not None

    def _without_organisations(self, line: Line, names: list[Name]) -> list[Name]:
        """The names without those of organisations, which stand beside the person before them."""
        people = names[:1]
        for one in names[1:]:
            if self._is_organisation(line, one.name):
                people[-1] = replace(people[-1], organisation=one.name)
            else:
                people.append(one)
        return people

    def _each_with_address(self, line: Line, named: list[Name], emails: list[str]) -> list[Named]:
        if len(emails) == len(named):
            theirs = _paired([one.name for one in named], emails)
            return [Named(one.name[:150], email) for one, email in zip(named, theirs, strict=True)]
        line.problems[self._meaning] = _(
            "The cell names %(first)s and %(second)s, but there is not one address for each. Write"
            " one of them, or as many addresses as names."
        ) % {"first": named[0].name, "second": named[1].name}
        line.proposals.setdefault(self._meaning, named[0].name)
        line.proposals.setdefault("email", "")
        return []

    # Finding

    def own(self, line: Line, named: Named) -> Named | None:
        """*named* with the fullest name, and without an address that is somebody else's.

        None while it is asked whether two names are one person's.
        """
        if named.name and not named.email and not line.name:
            return self._namesake(line, named)
        if not (named.name and named.email):
            return named
        known = next(iter(self._register.person("", named.email, None)), None)
        likeness = 100 if known is None else same_person(named.name, known.name)
        if DOUBTFUL <= likeness < SAME and known is not None:
            return self._asked(line, named, known)
        if likeness < DOUBTFUL:
            return self._without_address(line, named, known)
        return Named(self._fullest(line, named), named.email)

    def _namesake(self, line: Line, named: Named) -> Named | None:
        """Somebody without address and organisation may be who has the same name in the list."""
        emails = self._emails.get(cells.fold(named.name), set())
        if len(emails) != 1:
            return named
        [email] = emails
        answer = self._ask(
            line,
            f"namesake:{email}",
            _("Is %(name)s without an address the one with the address %(email)s?")
            % {"name": named.name, "email": email},
        )
        if answer == "yes":
            return Named(named.name, email)
        return named if answer else None

    def _asked(self, line: Line, named: Named, known: User) -> Named | None:
        answer = self._ask(
            line,
            f"same:{named.email}:{cells.fold(named.name)}",
            _("The address belongs to %(person)s. Is %(name)s the same person?")
            % {"person": known, "name": named.name},
        )
        if answer == "no":
            return self._without_address(line, named, known)
        return named if answer else None

    def _without_address(self, line: Line, named: Named, known: User | None) -> Named:
        line.notes.append(
            _("The address belongs to %(person)s, so it is not used here.") % {"person": known}
        )
        return Named(named.name, "")

    def _fullest(self, line: Line, named: Named) -> str:
        """What the list calls a person most often, the longest of those; said where it differs."""
        spelled = {
            name: rows
            for name, rows in self._spelled.get(named.email, {}).items()
            if same_person(name, named.name) >= SAME
        }
        if len(spelled) < 2:
            return named.name
        best = max(spelled, key=lambda name: (*_weight(spelled[name]), len(name)))
        if best != named.name:
            line.notes.append(
                _("The list has this person as %(other)s, too. %(name)s is used.")
                % {"other": named.name, "name": best}
            )
        return best

    def may_act_for(self, line: Line, named: Named) -> str:
        """Whether a contact person of another organisation is this one's, too: "yes" where nobody
        need be asked, "" while it is asked."""
        organisation = line.organisation
        known = self._register.person(named.name, named.email, organisation) if named.email else []
        others = [o for o in self._register.contact_person_of(*known[:1]) if o is not organisation]
        if not others or organisation in self._register.contact_person_of(*known[:1]):
            return "yes"
        return self._ask(
            line,
            f"contact:{named.email}:{line.folded}",
            _("%(person)s is the contact person of %(other)s. Also of %(organisation)s?")
            % {"person": known[0], "other": others[0], "organisation": line.name},
        )

    def _ask(self, line: Line, key: str, text: str) -> str:
        ask = Ask(key, text, yes_or_no(), self._said.get(key, ""))
        line.asks.append(ask)
        return ask.answer


class Contacts:
    """Makes those whom a row names contact persons of its organisation."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def take(self, line: Line, people: list[Named], numbers: list[str]) -> None:
        """Plan it for *people*, with the telephone *numbers* of the row."""
        phones = self._phones_of(line, people, numbers)
        for named, phone in zip(people, phones, strict=True):
            self._take_contact(line, named, phone)

    def _take_contact(self, line: Line, named: Named, phone: str) -> None:
        organisation = line.organisation
        assert organisation is not None
        name, email = named.name, named.email
        matches = self._register.person(name, email, organisation)
        if matches:
            person = line.person = matches[0]
            self._meet(line, person, name, email, phone)
        else:
            person = line.person = self._register.add_person(name, email, phone)
            line.changes.append(_("%(person)s is added.") % {"person": person})
        self._make_contact_person(line, person, organisation)

    def _phones_of(self, line: Line, people: list[Named], numbers: list[str]) -> list[str]:
        """A number for each of the *people*, or the first one for the first of them."""
        if len(numbers) == len(people):
            return numbers
        if len(numbers) > 1:
            line.notes.append(
                _("The row has several telephone numbers. %(first)s is used, not %(others)s.")
                % {"first": numbers[0], "others": ", ".join(numbers[1:])}
            )
        return [*numbers[:1], *[""] * len(people)][: len(people)]

    def _meet(self, line: Line, person: User, name: str, email: str, phone: str) -> None:
        if email and not person.email:
            self._register.give_address(person, email)
            line.changes.append(_("%(person)s gets an address.") % {"person": person})
        if name and not person.name:
            self._register.change(person, "name", name)
            line.changes.append(_("%(person)s gets a name.") % {"person": person})
        elif name and cells.fold(name) != cells.fold(person.name):
            line.notes.append(
                _("The address belongs to %(person)s. That name is kept.") % {"person": person}
            )
        if phone and not person.phone:
            fill(line, self._register, person, "phone", phone)

    def _make_contact_person(self, line: Line, person: User, organisation: Organisation) -> None:
        membership = self._register.membership(person, organisation)
        if membership is None or membership.ended_at is not None:
            self._register.add_membership(person, organisation, MembershipRole.CONTACT_PERSON)
        elif membership.role != MembershipRole.CONTACT_PERSON:
            self._register.change(membership, "role", MembershipRole.CONTACT_PERSON)
        else:
            return
        line.changes.append(_("%(person)s becomes contact person.") % {"person": person})


def _weight(rows: set[tuple[int, int]]) -> tuple[int, int]:
    """In how many sheets, and in how many rows."""
    return len({sheet for sheet, _row in rows}), len(rows)


def _text(row: Record, meaning: str) -> str:
    """What the cell says, line by line where it holds several and nobody has corrected it."""
    text, lines = row.get(meaning), row.lines.get(meaning, [])
    is_whole = cells.fold(" ".join(lines)) == cells.fold(text)  # else other columns have more
    return text if meaning in row.corrected or not is_whole else "\n".join(lines)


def _names(text: str) -> tuple[Name, ...]:
    """The people of a cell; none when it is not understood."""
    try:
        return () if _is_nobody(text) else tuple(read_names(text))
    except Unclear:
        return ()


def _is_nobody(text: str) -> bool:
    """Whether a cell says that nobody is meant: nothing, "saknas", "Vakant (tillsätts i höst)"."""
    folded = cells.fold(text)
    return folded in _NOBODY or bool(re.match(r"(vakan[ts]|vacant)\b(?!.*\btf\b)", folded))


def _emails(text: str) -> list[str]:
    """The addresses of a cell; none when it is not understood."""
    try:
        return read_addresses(text) if text else []
    except Unclear:
        return []


def _paired(names: list[str], emails: list[str]) -> list[str]:
    """The *emails* in the order of the *names* they are made of; by place where that is not said.

    Three letters more are needed for another order: "bo" is in "bolaget", too.
    """
    if len(names) > MOST_PAIRED:
        return emails

    def letters(order: tuple[str, ...]) -> int:
        return sum(map(cells.letters_in_address, names, order))

    best = max(permutations(emails), key=letters)
    return list(best) if letters(best) >= letters(tuple(emails)) + 3 else emails


def same_person(one: str, other: str) -> float:
    """How sure it is, in per cent, that two names with one address are one person's."""
    words, others = cells.fold(one).split(), cells.fold(other).split()
    if not words or not others or _within(words, others) or _within(others, words):
        return 100
    return float(fuzz.token_sort_ratio(" ".join(words), " ".join(others)))


def _within(few: list[str], many: list[str]) -> bool:
    """Whether each of the *few* words is one of the *many*, or its first letter."""
    return all(any(w == m or (len(w) == 1 and m.startswith(w)) for m in many) for w in few)


def _why(unclear: Unclear) -> str:
    if unclear.code == "comma":
        return _("This may be one person or two. Write the name as it is spoken.")
    if unclear.code == "shared":
        return _("This looks like two people, one without a surname. Write both names whole.")
    if unclear.code == "link":
        return _("A name cannot be an address or a link. Write only the name.")
    return _("This is not a name. Write only the name.")


def _likely_name(text: str, unclear: Unclear) -> str:
    """Two with one surname, what a formula shows, a name turned round or without the remark
    behind it, to ask about; else ""."""
    if unclear.code == "shared" and " " in unclear.said["second"]:
        given, _space, surname = unclear.said["second"].partition(" ")
        return _("%(first)s and %(second)s") % {
            "first": f"{unclear.said['first']} {surname}",
            "second": f"{given} {surname}",
        }
    label = re.search(r'[;,]\s*"([^"]+)"\s*\)\s*$', text)
    turned = re.fullmatch(r"([^,]+),\s*([^,]+)", text)
    spoken = f"{turned[2]} {turned[1]}" if turned else before_remark(text)
    likely = label.group(1) if label else spoken
    return likely if _names(likely) else ""
