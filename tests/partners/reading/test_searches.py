"""How near a word of a text is to one that somebody searches for."""

import pytest

from partners.reading.searches import MOST_WORDS, closeness, forms, nearness, pieces, sought, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("klimatåtgärd", "klimatåtgärderna"),
        ("cykel", "cyklarna"),
        ("cykeln", "cyklar"),
        ("möbel", "möblerna"),
        ("energi", "energin"),
        ("hotell", "hotellets"),
        ("åtgärd", "åtgärders"),
    ],
)
def test_forms_of_a_word_share_their_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["", "e", "el", "buss", "å", "plan", "l", "ern", "en"])
def test_short_words_keep_what_they_are(word):
    assert stem(word) == word
    assert forms(word)[0] == word


def test_ways_to_be_near_stand_in_their_order():
    near = ["bil", "bilist", "bilarna", "elbil", "elbilar", "bål", "hus"]
    scores = [closeness("bil", token)[0] for token in near]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1
    assert scores[-1] == 0


def test_dots_are_kept_apart_and_forgiven_last():
    assert (
        closeness("tåg", "tåg")[0] > closeness("tåg", "elspårtåg")[0] > closeness("tåg", "tag")[0]
    )
    assert closeness("tag", "tåg") == (closeness("tag", "tåg")[0], "tåg")
    assert closeness("tåg", "tag")[0] > 0


@pytest.mark.parametrize(
    ("typed", "token", "meant"),
    [
        ("klimmat", "klimatfrukost", "klimat"),
        ("sollceller", "solceller", "solceller"),
        ("atgard", "åtgärder", "åtgärd"),
        ("bilpool", "elbilspool", "bilpool"),
    ],
)
def test_a_slip_is_spelled_as_the_text_has_it(typed, token, meant):
    score, word = closeness(typed, token)

    assert score > 0
    assert word == meant


@pytest.mark.parametrize(("typed", "token"), [("bil", "hal"), ("buss", "bok"), ("klimat", "kanal")])
def test_another_word_is_no_slip(typed, token):
    assert closeness(typed, token)[0] == 0


def test_a_title_counts_more_than_what_is_said_below_it():
    what = sought("solceller")

    assert nearness(what, ["Solceller"]).score > nearness(what, ["Solceller på taket"]).score
    assert (
        nearness(what, ["Taket"], ["solceller"]).score < nearness(what, ["Takets solceller"]).score
    )
    assert nearness(what, ["Taket"], ["skiffer"]).score == 0


def test_each_word_must_be_there_in_whatever_order():
    assert nearness(sought("taket solceller"), ["Solceller på taket"]).is_whole
    assert not nearness(sought("taket vindkraft"), ["Solceller på taket"]).is_whole


def test_small_words_count_only_alone():
    assert sought("solceller på taket").words == ("solceller", "taket")
    assert sought("på").words == ("på",)


@pytest.mark.parametrize("typed", ["", "  ", "\0", "&|!", "'\"", "()", "\ud83d"])
def test_signs_alone_are_no_words(typed):
    assert sought(typed).words == ()


def test_a_text_without_end_is_cut():
    what = sought("ord%d " * 3_000)

    assert len(what.text) <= 200
    assert len(sought(" ".join(f"ord{n}" for n in range(50))).words) == MOST_WORDS


def test_one_piece_of_a_word_survives_its_slips():
    assert any(piece in "solceller" for piece in pieces("sollceler"))
    assert all(len(piece) >= 3 for piece in pieces("fönster"))
