"""Groups that a person sees in a sheet."""

from partners.sheets.groups import Row, heads


def test_empty_cells_beneath_a_text_are_headed_by_it():
    rows = [Row("a", 2, "Granit AB", "Åsa"), Row("b", 3, "", "Bo"), Row("c", 4, "Ripan", "Cy")]
    assert heads(rows) == {"b": "Granit AB"}


def test_an_empty_row_or_a_title_between_ends_the_group():
    rows = [Row("a", 2, "Granit AB", "Åsa"), Row("b", 4, "", "Bo")]
    assert heads(rows) == {}
    rows = [Row("a", 2, "Granit AB", "Åsa"), Row("b", 3, "", "Bo", is_apart=True)]
    assert heads(rows) == {}


def test_a_row_about_nobody_ends_the_group():
    rows = [Row("a", 2, "Granit AB", "Åsa"), Row("b", 3, "", ""), Row("c", 4, "", "Bo")]
    assert heads(rows) == {}
