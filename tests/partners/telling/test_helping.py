"""Each role has its own page of help."""

import pytest
from django.contrib.auth.models import AnonymousUser

from partners.models import ContentKey
from partners.telling.helping import own_help


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("ada", ContentKey.HELP_MEMBER),
        ("cai", ContentKey.HELP_CONTACT),
        ("lo", ContentKey.HELP_LEAD),
        ("kim", ContentKey.HELP_COORDINATOR),
    ],
)
def test_who_logs_in_reads_the_help_of_their_role(request, who, page):
    assert own_help(request.getfixturevalue(who)) == page


def test_who_has_not_logged_in_is_a_visitor():
    assert own_help(AnonymousUser()) == ContentKey.HELP_VISITOR
