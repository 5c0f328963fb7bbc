"""Browsers in the words people know them by."""

import pytest

from northstar.security import browsers

LIKE = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"


@pytest.mark.parametrize(
    ("machine", "signs", "words"),
    [
        ("Windows NT 10.0; Win64; x64", "Chrome/130.0 Safari/537.36", "Chrome, Windows"),
        ("Windows NT 10.0; Win64; x64", "Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Macintosh; Intel Mac OS X 10_15_7", "Version/17.4 Safari/605.1.15", "Safari, Mac"),
        ("iPhone; CPU iPhone OS 17_4 like Mac OS X", "CriOS/130.0 Safari/604", "Chrome, iPhone"),
        ("Linux; Android 14", "SamsungBrowser/25.0 Chrome/121.0", "Samsung Internet, Android"),
        ("X11; Linux x86_64; rv:130.0", "Gecko/20100101 Firefox/130.0", "Firefox, Linux"),
    ],
)
def test_a_browser_and_its_machine(machine, signs, words):
    assert browsers.in_words(LIKE.format(machine, signs)) == words


@pytest.mark.parametrize("said", ["", "curl/8.1", "<script>alert(1)</script>", "x" * 100_000])
def test_nothing_that_was_sent_is_repeated(said):
    assert browsers.in_words(said) == "En okänd webbläsare"
