"""The drawing of an address."""

from xml.etree import ElementTree

from northstar.sharing import codes


def test_a_code_is_svg_that_a_strict_policy_lets_through():
    svg = codes.drawn("https://portal.example/traffar/12/").decode()
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "style" not in svg
    assert "<script" not in svg
    assert len(svg) < 8_000


def test_another_address_is_another_drawing():
    assert codes.drawn("https://portal.example/1/") != codes.drawn("https://portal.example/2/")
