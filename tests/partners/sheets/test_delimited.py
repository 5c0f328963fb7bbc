"""Text files as programs write them: read as they were meant."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.reading.text import one_line
from partners.sheets import delimited
from partners.sheets.budget import Budget, Refused
from partners.sheets.text import guarded


def read(data):
    said = list(delimited.read(io.BytesIO(data), Budget()))
    return [row for row in said if isinstance(row, list)], said[-1]["lines"]


def rows(text, coding="utf-8"):
    return read(text.encode(coding))[0]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Name\tFirst Join\tEmail\nÅsa\t11/4/25, 8:58:11 AM\ta@b.example\n"
         "Bo\t11/4/25, 8:59:11 AM\tb@b.example\n", ["Åsa", "11/4/25, 8:58:11 AM", "a@b.example"]),
        ("Namn;Vikt;Mått\nÅsa;1,5;2,5\nBo;2,5;3,5\n", ["Åsa", "1,5", "2,5"]),
        ("Närvaro våren 2024, Umeå, plan 2\nNamn;Org\n\"Ek, Bo\";RISE\n", ["Namn", "Org"]),
        ("Namn;Org\nEk, Bo;RISE, Umeå\nÖrn, Eva;RISE, Umeå\n", ["Ek, Bo", "RISE, Umeå"]),
        ("Organisation\nRipan Livs, Umeå\nTegs Bageri, Umeå\n", ["Ripan Livs, Umeå"]),
        ("Name, Email\nÅsa, a@b.example\n", ["Åsa", "a@b.example"]),
        ('Namn,Mejl\n"Ek, Bo","a@b.example; b@b.example"\n',
         ["Ek, Bo", "a@b.example; b@b.example"]),
        ("sep=;\nNamn;Org\nÅsa;RISE\n", ["Åsa", "RISE"]),
        ('"sep=,"\nNamn,Org\nÅsa,RISE\n', ["Åsa", "RISE"]),
        ("Namn;Org\rÅsa;RISE\r", ["Åsa", "RISE"]),
        ("Namn;Org\nÅsa\nBo;RISE;x;y\n", ["Åsa"]),
    ],
)  # fmt: skip
def test_the_sign_that_parts_cells_is_found(text, second):
    for coding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"):
        assert rows(text, coding)[1] == second


@pytest.mark.parametrize("coding", ["cp1252", "mac_roman", "cp850"])
def test_old_codings_are_told_also_where_the_first_strange_letter_comes_late(coding):
    text = "Namn;Org\n" + "Bo Ek;RISE\n" * 9_000 + "Åsa Öhrn;Tegs Gårdar på Ön\n"
    assert rows(text, coding)[-1] == ["Åsa Öhrn", "Tegs Gårdar på Ön"]


def test_one_broken_letter_does_not_turn_all_others():
    data = b"Namn;Org\n" + "Åsa Öhrn;Tegs Gård\n".encode() * 20 + b"\xe5;x\n"
    assert rows_of(data)[1] == ["Åsa Öhrn", "Tegs Gård"]


def rows_of(data):
    return read(data)[0]


def test_a_cell_of_several_lines_is_one_line_and_its_lines_are_told():
    found, lines = read('Namn;Mejl\n"Åsa Öhrn\r\nBo Ek";"a@b.example\nb@b.example"\n'.encode())
    assert found[1] == ["Åsa Öhrn Bo Ek", "a@b.example b@b.example"]
    assert lines == {"2:0": ["Åsa Öhrn", "Bo Ek"], "2:1": ["a@b.example", "b@b.example"]}


def test_a_formula_is_a_text_and_its_label_is_proposed():
    formula = b'a;b\n"=HYPERLINK(""x"";""Maja"")";\'=SUM(A1)\n'
    said = list(delimited.read(io.BytesIO(formula), Budget()))
    assert said[2] == ['=HYPERLINK("x";"Maja")', "=SUM(A1)"]
    assert said[-1]["proposals"] == {"2:0": "Maja"}


def test_the_line_to_blame_counts_rows_not_lines():
    with pytest.raises(Refused) as refused:
        rows('Namn;Org\n"Å\n\n\nsa";x\n"Bo" Ek;y\n')
    assert (refused.value.code, refused.value.row) == ("csv", 3)


WRITTEN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=20)
CELL = WRITTEN.filter(lambda text: not text.startswith("#"))  # so do a spreadsheet's errors


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1), st.sampled_from(";\t,|"))
@settings(max_examples=80, deadline=None)
def test_what_was_written_is_read_back(table, sign):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign, quoting=csv.QUOTE_ALL)
    writer.writerows([("Namn", "Organisation", "E-post"), *[map(guarded, r) for r in table]])
    expected = [list(map(one_line, row)) for row in table]
    assert rows(f"sep={sign}\r\n{out.getvalue()}", "utf-8-sig")[1:] == expected


@given(
    st.lists(
        st.tuples(*[st.text("abcåäöÅ 1.-@", min_size=1, max_size=9).map(one_line)] * 3),
        min_size=2,
    ),
    st.sampled_from(";\t,|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(max_examples=80, deadline=None)
def test_the_sign_and_the_coding_need_not_be_told(table, sign, coding):
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows([("Namn", "Organisation", "E-post"), *table])
    found = rows(out.getvalue(), coding)
    assert [[delimited.unguarded(c) for c in row] for row in table] == found[1:]
