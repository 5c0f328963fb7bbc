"""Columns of names above which nothing is written: who is a person, and what an organisation.

Knows no Django and no kind of list: its Rules are handed in.
"""

from partners.sheets import cells
from partners.sheets.rules import Rules
from partners.sheets.weighing import Column, Weighed, is_full_name, is_name, share

FIRST_ROWS = 200  # enough to see what stands in a column


def name(found: Weighed, rules: Rules) -> None:
    """Give the names of people, and those of organisations, to the columns that hold them.

    People have their names in their addresses; without any, they have two or three words that
    begin with a capital each.
    """
    _name_people(found, rules)
    columns = [column for column in found.spare if _holds_names(found, column)]
    have = {column.meaning for column in found.columns}
    if columns and rules.employer and rules.person in have and rules.employer not in have:
        _take(found, columns[0], rules.employer)


def _name_people(found: Weighed, rules: Rules) -> None:
    have = {column.meaning for column in found.columns}
    columns = [column for column in found.spare if _holds_names(found, column)]
    people = [column for column in columns if _likeness(found, column) >= 0.5]
    if rules.person and rules.person not in have and people:
        best = max(people, key=lambda column: (_likeness(found, column), -column.index))
        _take(found, best, rules.person)


def _take(found: Weighed, column: Column, meaning: str) -> None:
    column.meaning, column.sure = meaning, False
    found.spare.remove(column)
    found.columns.append(column)


def _holds_names(found: Weighed, column: Column) -> bool:
    return not column.heading and share(is_name, _values(found, column)) > 0.7


def _values(found: Weighed, column: Column) -> list[str]:
    rows = found.body[:FIRST_ROWS]
    return [row[column.index] if column.index < len(row) else "" for row in rows]


def _likeness(found: Weighed, column: Column) -> float:
    """How much a column is one of people's names, from 0 to 1."""
    names = _values(found, column)
    email = next((c for c in found.columns if c.meaning == "email"), None)
    if email:
        pairs = [(n, a) for n, a in zip(names, _values(found, email), strict=True) if n and a]
        return (
            sum(1 for pair in pairs if cells.letters_in_address(*pair)) / len(pairs) if pairs else 0
        )
    return share(is_full_name, names)
