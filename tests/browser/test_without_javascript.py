"""Every form works as a plain form. Whole ways through the product are in the files beside this."""

import pytest

from tests.browser.hands import form_faults
from tests.browser.pages import PAGES
from tests.browser.test_pages import address


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_forms_are_plain_forms(row, people, open_page):
    arguments = row.builder(people)
    page = open_page(address(row, "sv", arguments), people[row.who], javascript=False)
    assert form_faults(page) == []
