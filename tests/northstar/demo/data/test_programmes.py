from urllib.parse import unquote

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


def test_the_map_is_about_the_address_one_is_told_to_go_to():
    for venue in words.VENUES:
        told = programmes.texts(1, ("Värmen", "The heat"), venue, is_breakfast=False)
        street = unquote(told["map_url"]).removeprefix(programmes.MAP)
        assert told["directions_sv"].startswith(street.removesuffix(", Umeå"))
        assert any(sign.isdigit() for sign in street), street


def test_a_programme_is_chosen_by_what_the_session_is_about_and_no_turn_of_the_calendar():
    workshops, breakfasts = ({texts[0] for texts in kind} for kind in words.SESSIONS)
    assert set(programmes.FITS) <= workshops | breakfasts
    for number in (1, 2, 3):
        told = programmes.texts(number, ("Få med fler", ""), "", is_breakfast=False)
        assert "två och två" in told["programme_sv"]


def test_every_challenge_has_words_by_which_a_measure_is_about_it():
    assert set(words.ABOUT) == {title for _key, title, _en in words.CHALLENGES}
