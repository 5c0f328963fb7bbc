import re
from pathlib import Path

from tests.northstar.house import HOUSE
from tools import rooms_quiz

ROOT = Path(__file__).resolve().parents[2]
MAP = (ROOT / "docs" / "house.md").read_text()


def plant(root, rooms):
    """A house with one app that has *rooms*, and empty ones beside it."""
    for app in rooms_quiz.APPS:
        (root / app / "models").mkdir(parents=True)
        (root / app / "models" / "__init__.py").write_text("")
        (root / app / "models" / "seats.py").write_text("a_line_of_the_hall = 'not of a room'\n")
    for name in rooms:
        (root / "learning" / name).mkdir()
        (root / "learning" / name / "__init__.py").write_text("")
        (root / "learning" / name / "work.py").write_text(
            "\n".join(f"a_line_of_the_room = {name!r} + {n}" for n in range(50))
        )


def test_ten_lines_are_drawn_from_ten_rooms(tmp_path):
    plant(tmp_path, [f"room{n}" for n in range(12)])
    drawn = rooms_quiz.draw(tmp_path, "a commit")
    assert len(drawn) == len({path.parent for path, _number, _text in drawn}) == 10
    assert all("a_line_of_the_room" in text for _path, _number, text in drawn)


def test_a_commit_draws_the_same_lines_and_another_one_others(tmp_path):
    plant(tmp_path, [f"room{n}" for n in range(12)])
    drawn = rooms_quiz.draw(tmp_path, "a commit")
    assert rooms_quiz.draw(tmp_path, "a commit") == drawn
    assert rooms_quiz.draw(tmp_path, "another") != drawn


def test_the_answers_are_the_lines_places(tmp_path, monkeypatch, capsys):
    plant(tmp_path, [f"room{n}" for n in range(10)])
    monkeypatch.setattr(rooms_quiz, "ROOT", tmp_path)
    monkeypatch.setattr(rooms_quiz, "commit", lambda: "a commit")
    assert rooms_quiz.main([]) == 0
    assert "work.py" not in capsys.readouterr().out
    assert rooms_quiz.main(["--answers"]) == 0
    said = capsys.readouterr().out
    assert len(re.findall(r"learning/room\d/work\.py:\d+\n", said)) == 10


def test_a_house_with_too_few_rooms_is_no_quiz(tmp_path, monkeypatch, capsys):
    plant(tmp_path, [f"room{n}" for n in range(9)])
    monkeypatch.setattr(rooms_quiz, "ROOT", tmp_path)
    monkeypatch.setattr(rooms_quiz, "commit", lambda: "a commit")
    assert rooms_quiz.main([]) == 1
    assert "There are 9 rooms" in capsys.readouterr().err


def test_only_lines_that_do_something_are_drawn():
    source = '''"""A module that says what it is for."""

from learning.models import LearningSession, Registration

@decorated_with_something_long("and an argument")
def seat(session: LearningSession) -> Registration:
    """Give the next one in the queue a seat, when there is one."""
    # A comment that is long enough to be drawn, and is not.
    place = session.registrations.queued().first()
    return place
'''
    assert list(rooms_quiz.telling(source)) == [
        (6, "def seat(session: LearningSession) -> Registration:"),
        (9, "place = session.registrations.queued().first()"),
    ]


def test_the_map_has_the_rooms_of_the_plan_in_their_order():
    on_the_map = {
        app: re.findall(r"^\| `(\w+)` \|", part, flags=re.M)
        for app, part in re.findall(r"^### (\w+): .*?\n(.*?)(?=^##)", MAP, flags=re.M | re.S)
    }
    assert on_the_map == {app: planned.rooms for app, planned in HOUSE.items()}


def test_every_folder_of_an_app_is_a_room_of_the_plan():
    for room in rooms_quiz.rooms(ROOT):
        app, name = room.relative_to(ROOT).parts
        assert name in HOUSE[app].rooms
