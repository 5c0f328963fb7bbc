"""What people paste is read as they mean it, whatever program it comes from."""

import pytest

from partners.joining.pasting import name_in, read_paste


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@granit.se\nb@granit.se", [("a@granit.se", ""), ("b@granit.se", "")]),
        ("a@granit.se, b@granit.se;C@GRANIT.SE", [(f"{x}@granit.se", "") for x in "abc"]),
        ("a@granit.se b@granit.se", [("a@granit.se", ""), ("b@granit.se", "")]),
        ("Karin Lund <K@granit.se>", [("k@granit.se", "Karin Lund")]),
        ("'Karin Lund' <k@granit.se>;", [("k@granit.se", "Karin Lund")]),
        (
            "Lund, Karin <k@granit.se>; Berg, Bo <bo@granit.se>; ",
            [("k@granit.se", "Karin Lund"), ("bo@granit.se", "Bo Berg")],
        ),
        (
            '"Lund, Karin" <k@granit.se>, Bo Berg <bo@granit.se>',
            [("k@granit.se", "Karin Lund"), ("bo@granit.se", "Bo Berg")],
        ),
        ("Karin Lund\tVD\tk@granit.se", [("k@granit.se", "Karin Lund")]),
        ("k@granit.se\tKarin Lund", [("k@granit.se", "Karin Lund")]),
        ("Karin Lund k@granit.se", [("k@granit.se", "Karin Lund")]),
        ("Karin Lund, k@granit.se", [("k@granit.se", "Karin Lund")]),
        ("<k@granit.se>", [("k@granit.se", "")]),
        ("mailto:k@granit.se", [("k@granit.se", "")]),
        ("=HYPERLINK() <k@granit.se>", [("k@granit.se", "")]),
        (";;\n , \n", []),
    ],
)
def test_an_address_is_found_with_its_name(text, found):
    assert [(entry.email, entry.name) for entry in read_paste(text)] == found


@pytest.mark.parametrize(
    ("text", "why", "meant"),
    [
        ("karin", "no_at", ""),
        ("kalle (at) granit.se", "no_at", "kalle@granit.se"),
        ("anna@granit,se", "invalid", "anna@granit.se"),
        ("a@@granit.se", "invalid", ""),
        ("a@granit", "invalid", ""),
        ("åsa@granit.se", "letters", ""),
    ],
)
def test_what_is_no_address_says_why_and_leaves_the_others_alone(text, why, meant):
    first, wrong, last = read_paste(f"b@granit.se, {text}, c@granit.se")
    assert (first.email, last.email) == ("b@granit.se", "c@granit.se")
    assert (wrong.typed, wrong.email, wrong.why, wrong.meant) == (text, "", why, meant)


def test_what_is_kept_of_a_list_is_read_as_the_same_again():
    entries = read_paste("Lund, Karin <k@granit.se>; bo.berg@granit.se\nkarin")
    again = read_paste("\n".join(entry.line for entry in entries))
    assert [(e.email, e.name, e.why) for e in again] == [(e.email, e.name, e.why) for e in entries]


def test_somebody_without_a_name_is_called_what_the_address_says():
    assert name_in("karin.lund@granit.se") == "Karin Lund"
    assert name_in("info@granit.se") == "info"
    assert name_in("karin.lund+klimat@granit.se") == "Karin Lund"
