"""Whole ways through the product with JavaScript switched off: forms post, pages answer."""

import re

from partners.models import Message
from tests.browser.hands import fill_in


def test_logging_in_with_a_mailed_code(open_page, ada):
    page = open_page("/logga-in/", javascript=False)
    fill_in(page, email=ada.email)
    page.locator("main form button").first.click()
    code = re.search(r"\d{4} \d{4}", Message.objects.get(recipient=ada).text).group()
    fill_in(page, code=code)
    page.locator("main form button").first.click()
    assert page.get_by_role("link", name="Ada Åström").first.is_visible()


def test_a_form_with_faults_says_what_and_keeps_what_was_typed(open_page):
    page = open_page("/logga-in/", javascript=False)
    fill_in(page, email="inte en adress")
    page.locator("main form button").first.click()
    assert page.get_by_role("heading", name="En sak behöver rättas").is_visible()
    assert page.locator("main [name='email']").input_value() == "inte en adress"


def test_the_menu_of_a_phone_leads_to_ones_own_page_where_one_logs_out(open_page, ada):
    page = open_page("/om/", ada, width=360, javascript=False)
    page.locator("summary", has_text="Meny").click()
    page.locator(".menu").get_by_role("link", name="Ada Åström").click()
    page.locator("main").get_by_role("button", name="Logga ut").click()
    assert page.locator("main").get_by_role("button").count() == 0
    page.locator("summary", has_text="Meny").click()
    assert page.locator(".menu").get_by_role("link", name="Logga in").is_visible()
