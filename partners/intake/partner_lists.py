"""A list of partners and contact persons: what each row will do, and doing it."""

from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners import dates
from partners.intake import batches
from partners.intake.batches import Doubts, Record
from partners.intake.columns import (
    PARTNER_LIST,
    beside_name,
    has_left,
    holds_letters,
    names_area,
    sector_of,
    standing_of,
    unknown_areas,
)
from partners.intake.groups import Groups
from partners.intake.kinds import NEW_CHOICE, OUT_CHOICE, Ask
from partners.intake.persons import Contacts, Named, Persons
from partners.intake.plans import Line, LineStatus, Plan, fill, finish, lock, no_rubbish
from partners.intake.register import Found, Register
from partners.models import (
    FocusArea,
    ImportBatch,
    Organisation,
    OrganisationStatus,
    Sector,
    User,
)
from partners.reading.addresses import web_address
from partners.reading.organisation_numbers import org_digits, org_number
from partners.reading.telephones import lost_a_zero, phones_in
from partners.sheets import cells


@no_rubbish()
def plan(batch: ImportBatch) -> Plan:
    """Read every row against what the portal knows now. Writes nothing; six queries."""
    register = Register()
    records = list(batches.records(batch, PARTNER_LIST))
    maker = _Maker(batch, register, records)
    return Plan([maker.line(record) for record in records], register)


@transaction.atomic
def apply(batch: ImportBatch, *, by: User) -> dict[str, Any]:
    """Do what the plan says, all or nothing, and remember the result.

    Imports wait for one another, so a second click finds nothing left to do.
    """
    batch = lock(batch)
    planned = plan(batch)
    result = planned.counts() | planned.register.counts()
    planned.register.sign(by)
    planned.register.save()
    return finish(batch, dict(result), nothing=planned.changes_nothing, by=by)


_PARTNER = OrganisationStatus.ACTIVE  # who stands in a list of partners, unless it says otherwise


class _Maker:
    """Turns records into lines, one after the other; later rows see what earlier ones added."""

    def __init__(self, batch: ImportBatch, register: Register, records: list[Record]) -> None:
        self.decisions = batch.decisions
        self.register = register
        self.doubts = Doubts(batch, PARTNER_LIST)
        self.persons = Persons(register, batch.decisions, "contact", records)
        self.contacts = Contacts(register)
        self.groups = Groups(batch, register, records, "contact", "email")
        self.areas = [(area, [cells.fold(t) for t in (area.title_sv, area.title_en)])
                      for area in FocusArea.objects.all()]  # fmt: skip
        self._unknown_areas: dict[str, list[str]] = {}  # by cell, too
        self._read_areas: dict[str, list[FocusArea]] = {}  # by cell, for most say the same
        self.of_sheet = [standing_of(sheet["name"]) for sheet in batch.table["sheets"]]
        self.today = timezone.localdate()
        self.seen: set[int] = set()  # organisations named by an earlier row

    def line(self, record: Record) -> Line:
        line = Line(record)
        beside = self._beside(record)
        self.groups.read(line)
        self.doubts.raise_at(line)
        number = self._check(line)
        line.chosen = self.decisions.get("organisations", {}).get(cells.fold(line.name), "")
        is_out = self.doubts.leaves_out(record) or self.groups.leaves_out(line)
        if is_out or line.chosen == OUT_CHOICE:
            line.status = LineStatus.LEFT_OUT
            return line
        if not line.name:
            return self._without_name(line)
        standing = self._standing(line, beside)
        if standing == OrganisationStatus.LEFT and self._stays_out(line, number):
            line.status = LineStatus.LEFT_OUT
            return line
        self._find_organisation(line, number)
        people = [] if line.question else self._people(line)
        line.facts = partial(self._facts, line, number, people)
        if line.waits:
            line.status = LineStatus.DECISION
            return line
        self._take(line, number, people, standing)
        return line

    def _without_name(self, line: Line) -> Line:
        line.status = LineStatus.DECISION if line.waits else LineStatus.WRONG
        if not line.waits:
            line.problems["organisation"] = _("The name of the organisation is missing.")
        return line

    # Where the organisation stands

    def _standing(self, line: Line, beside: str | None) -> str:
        """What the list says the organisation is, as a status; "" while a word is asked about.

        A word *beside* its name holds as well as one in a column of its own.
        """
        text = line.record.get("standing")
        left = self._has_left(line) or beside == OrganisationStatus.LEFT
        standing = OrganisationStatus.LEFT if left else standing_of(text)
        if standing or not text:
            return standing or beside or self.of_sheet[line.record.sheet] or _PARTNER
        key = f"standing:{cells.fold(text) or text}"[:100]
        question = _("What does the status “%(text)s” mean?") % {"text": text}
        statuses = [(status.value, str(status.label)) for status in OrganisationStatus]
        return self._ask(line, key, question, statuses)

    def _beside(self, record: Record) -> str | None:
        """What a word behind the name says, which is none of it: "Bostaden (avslutat 2023)"."""
        if "organisation" in record.corrected:
            return None
        record.values["organisation"], standing = beside_name(record.get("organisation"))
        return standing

    def _has_left(self, line: Line) -> bool:
        """Whether the row has a day of leaving that has been, or says so in a word."""
        text = line.record.get("left_on")
        day = _day(text)
        if not day:
            said = has_left(text)
            if said is None:
                line.problems["left_on"] = _("This is not a date. Write it as 2024-01-31.")
            return bool(said)
        if day > self.today:
            line.notes.append(
                _("The list says that it leaves the partnership on %(day)s. The portal does not"
                  " keep days to come: note it on the page of the organisation when it has left.")
                % {"day": day}
            )  # fmt: skip
        return day <= self.today

    def _stays_out(self, line: Line, number: str) -> bool:
        """Whether a partner that has left is passed over; asked once for all of them."""
        question = _("According to the list, these have left the partnership. Should they be"
                     " added as partners all the same?")  # fmt: skip
        answers = [("no", _("No, leave them out")), ("yes", _("Yes"))]
        if self._ask(line, "left", question, answers) != "no":
            return False
        known = self.register.organisation(line.name, number).organisation
        text = _("According to the list, the organisation has left the partnership.")
        if known and known.status == OrganisationStatus.ACTIVE:
            text = _("According to the list, the organisation has left the partnership. In the"
                     " portal it is a partner, and that is changed on its own page.")  # fmt: skip
        line.notes.append(text)
        return True

    def _ask(self, line: Line, key: str, text: str, answers: list[tuple[str, str]]) -> str:
        said = self.decisions.get("asks", {}).get(key, "")
        ask = Ask(key, text, answers, said)
        line.asks.append(ask)
        return ask.answer

    def _take(self, line: Line, number: str, people: list[Named], standing: str) -> None:
        """Plan what the row adds, now that nothing about it is asked."""
        is_new = line.organisation is None
        if line.organisation is None:
            line.organisation = self._add(line, number, standing)
        repeated = id(line.organisation) in self.seen
        self.seen.add(id(line.organisation))
        if not is_new:
            self._update(line, number, standing)
        self._take_focus(line)
        numbers = [] if "phone" in line.problems else phones_in(line.record.get("phone"))
        self.contacts.take(line, people, numbers)
        line.status = _status(line, is_new, repeated)

    def _check(self, line: Line) -> str:
        """Note what is wrong with single cells; the organisation number, if it is one."""
        record = line.record
        for meaning, longest in batches.LONGEST.items():
            excess = len(record.get(meaning)) - longest
            if excess > 0:
                line.problems[meaning] = _("Shorten the text by %(number)s characters.") % {
                    "number": excess
                }
        self._check_phone(line)
        self._check_website(line)
        for name in self._unknown_in(record.get("focus_areas")):
            line.notes.append(
                _("“%(name)s” is not a focus area of the portal, and is not read.") % {"name": name}
            )
        joined = record.get("joined_on")
        if joined:
            self._check_day(line, _day(joined))
        sector = record.get("sector")
        if sector and not sector_of(sector):
            line.notes.append(
                _("The sector “%(text)s” is not known, and left out.") % {"text": sector}
            )
        return self._number(line)

    def _check_day(self, line: Line, day: date | None) -> None:
        if day is None:
            line.problems["joined_on"] = _("This is not a date. Write it as 2024-01-31.")
        elif day > self.today:
            line.problems["joined_on"] = _(
                "%(day)s is still to come. Check the year, or leave the day out."
            ) % {"day": day}

    def _number(self, line: Line) -> str:
        text = line.record.get("org_number")
        number = org_number(text)
        if text.endswith("-****"):
            line.problems["org_number"] = _(
                "This may be a personal identity number. The portal does not keep such numbers."
            )
        elif text and not number:
            line.problems["org_number"] = (
                _("The last digit does not fit the others. Check the number.")
                if org_digits(text)
                else _("An organisation number has ten digits, for example 556677-8899.")
            )
        return number

    def _check_phone(self, line: Line) -> None:
        phone = line.record.get("phone")
        if phone and "phone" not in line.problems and not phones_in(phone):
            line.problems["phone"] = _("This is not a telephone number.")
        if phone and lost_a_zero(phone):
            line.notes.append(_("The first zero of the telephone number is put back."))

    def _check_website(self, line: Line) -> None:
        website = line.record.get("website")
        if holds_letters(website) and "website" not in line.problems and not web_address(website):
            line.problems["website"] = _("This is not a web address. Write it as www.example.se.")

    # The organisation

    def _find_organisation(self, line: Line, number: str) -> None:
        """Set line.organisation, or the question to ask; neither where it is a new one."""
        if "organisation" in line.problems:
            line.question = line.problems["organisation"]
            return
        if line.chosen not in {"", NEW_CHOICE}:
            line.organisation = self.register.chosen(line.chosen)
            if line.organisation:
                self.register.add_alias(line.name, line.organisation)
                return
        found = self.register.organisation(line.name, number)
        line.organisation = found.organisation
        clear = line.chosen == NEW_CHOICE or not (found.alike or _only_a_name(line.record))
        if not line.organisation and (found.how == "clash" or not clear):
            line.alike = found.alike
            line.question = _question(found)

    def _add(self, line: Line, number: str, standing: str) -> Organisation:
        record = line.record
        is_to_come = standing == OrganisationStatus.PROSPECT
        line.changes.append(
            _("The organisation is added, not yet as a partner.")
            if is_to_come
            else _("The organisation is added.")
        )
        return self.register.add_organisation(
            line.name,
            org_number=number or None,
            sector=sector_of(record.get("sector")),
            joined_on=self._joined_on(line),
            website=web_address(record.get("website")),
            status=OrganisationStatus.PROSPECT if is_to_come else OrganisationStatus.ACTIVE,
        )

    def _update(self, line: Line, number: str, standing: str) -> None:
        """Fill in what the portal does not know; what it knows stays."""
        organisation, record = line.organisation, line.record
        assert organisation is not None
        if number and self.register.number_is_free(number):
            fill(line, self.register, organisation, "org_number", number)
        fill(line, self.register, organisation, "sector", sector_of(record.get("sector")))
        fill(line, self.register, organisation, "joined_on", self._joined_on(line))
        fill(line, self.register, organisation, "website", web_address(record.get("website")))
        self._compare(line, organisation, standing)

    def _compare(self, line: Line, organisation: Organisation, standing: str) -> None:
        """Let one to come become a partner; all else that the list says is only said."""
        is_to_come = standing == OrganisationStatus.PROSPECT
        if is_to_come and organisation.status == OrganisationStatus.ACTIVE:
            line.notes.append(
                _("The list does not have the organisation as a partner yet. The portal has, and"
                  " that is not changed.")
            )  # fmt: skip
        elif organisation.status == OrganisationStatus.PROSPECT and not is_to_come:
            self.register.change(organisation, "status", OrganisationStatus.ACTIVE)
            line.changes.append(_("The organisation becomes a partner."))
        elif organisation.status == OrganisationStatus.LEFT:
            line.notes.append(_("The organisation has left the partnership. That is not changed."))

    def _joined_on(self, line: Line) -> date | None:
        return None if "joined_on" in line.problems else _day(line.record.get("joined_on"))

    def _take_focus(self, line: Line) -> None:
        organisation = line.organisation
        assert organisation is not None
        wanted = self._areas_in(line.record.get("focus_areas"))
        known = self.register.focus_of(organisation)
        if wanted and not known:
            self.register.new_focus[id(organisation)] = (organisation, wanted)
            if organisation.pk:
                line.changes.append(_("Focus areas are filled in."))
        elif wanted and known != {area.pk for area in wanted}:
            line.notes.append(
                _("The list has the focus areas %(areas)s. What the portal has is kept.")
                % {"areas": ", ".join(map(str, wanted))}
            )

    def _areas_in(self, text: str) -> list[FocusArea]:
        if text not in self._read_areas:
            named = (area for area, titles in self.areas if text and names_area(titles, text))
            self._read_areas[text] = list(named)
        return self._read_areas[text]

    def _unknown_in(self, text: str) -> list[str]:
        if text not in self._unknown_areas:
            titles = (titles for _area, titles in self.areas)
            self._unknown_areas[text] = unknown_areas(text, titles)
        return self._unknown_areas[text]

    def _facts(self, line: Line, number: str, people: list[Named]) -> list[str]:
        """What the row says of organisation and contact, as it was understood."""
        record = line.record
        sector = sector_of(record.get("sector"))
        phones = phones_in(record.get("phone"))
        said = [
            (_("organisation number"), number),
            (_("sector"), Sector(sector).label if sector else ""),
            (_("joining date"), self._joined_on(line)),
            (_("focus areas"), ", ".join(map(str, self._areas_in(record.get("focus_areas"))))),
            (_("website"), web_address(record.get("website"))),
            (_("telephone"), ", ".join([] if "phone" in line.problems else phones)),
            (_("contact person"), "; ".join(map(str, people))),
        ]
        return [f"{what.capitalize()}: {value}" for what, value in said if value]

    # The contact person

    def _people(self, line: Line) -> list[Named]:
        """The contact persons of the row, whose address is theirs and who may be its contact."""
        read = (self.persons.own(line, named) for named in self.persons.read(line))
        found = [named for named in read if named]
        return [named for named in found if self.persons.may_act_for(line, named) == "yes"]


def _status(line: Line, is_new: bool, repeated: bool) -> LineStatus:
    if line.problems:
        return LineStatus.WRONG
    if is_new:
        return LineStatus.NEW
    if line.changes:
        return LineStatus.CHANGED
    return LineStatus.REPEATED if repeated else LineStatus.SAME


def _question(found: Found) -> str:
    if found.how == "clash":
        return _("The name and the organisation number do not belong together. Which is it?")
    if found.alike:
        return _("The name is like one the portal has. Is it the same organisation?")
    return _("The row has only a name. Is it an organisation?")


def _only_a_name(record: Record) -> bool:
    """Whether a list with more columns says nothing but a name in this row."""
    return record.columns > 2 and not any(
        text for meaning, text in record.values.items() if meaning != "organisation"
    )


@lru_cache(maxsize=500)
def _day(text: str) -> date | None:
    return dates.whole_day(text)
