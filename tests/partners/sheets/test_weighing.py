"""Two columns that would mean the same."""

from partners.sheets.weighing import Column, Conflict, Weighed


def weighed(*body):
    first, second = Column(0, "Deltagit", "presence"), Column(1, "Kom", "presence")
    found = Weighed([list(row) for row in body], [first])
    found.weigh(first, second)
    return found


def test_columns_that_differ_are_rivals():
    found = weighed(["x", "nej"], ["", "x"])
    assert [(c.meaning, c.sure) for c in found.columns] == [("presence", False), ("", False)]
    assert found.conflicts() == [Conflict("presence", [0, 1])]


def test_the_one_with_values_is_read():
    found = weighed(["", "nej"], ["", "x"])
    assert [(c.heading, c.meaning) for c in found.columns] == [("Kom", "presence")]
    assert [c.heading for c in found.spare] == ["Deltagit"]
    assert found.conflicts() == []


def test_a_second_one_that_says_the_same_is_not_read():
    found = weighed(["x", "x"], ["nej", ""], ["x"])
    assert [c.heading for c in found.columns] == ["Deltagit"]
    assert found.conflicts() == []


def test_a_value_far_down_counts():
    found = weighed(*[["x", ""]] * 5_000, ["x", "nej"])
    assert len(found.columns) == 2
