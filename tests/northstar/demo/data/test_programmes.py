from learning.sessions import programme
from northstar.demo.data import programmes, words


def test_every_place_tells_how_to_get_there_and_every_session_more_than_a_sentence():
    assert set(programmes.DIRECTIONS) == {*words.VENUES, ""}
    assert set(programmes.MORE) == {texts[0] for kind in words.SESSIONS for texts in kind}


def test_every_programme_is_understood_as_times():
    for both in (*programmes.WORKSHOPS, *programmes.BREAKFASTS):
        swedish, english = (programme.items(text) for text in both)
        assert all(item.clock for item in (*swedish, *english))
        assert [item.clock for item in swedish] == [item.clock for item in english]


def test_a_session_online_has_no_map():
    told = programmes.texts(1, ("Värmen", "The heat"), "", is_breakfast=True)
    assert (told["map_url"], "Länken" in told["directions_sv"]) == ("", True)
