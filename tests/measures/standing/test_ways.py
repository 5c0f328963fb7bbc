import pytest

from measures.standing import ways
from measures.standing.card import Gap, Missing


@pytest.mark.parametrize(
    ("missing", "where"),
    [
        (Missing(Gap.UNSEEN), "/traffar/"),
        (Missing(Gap.WITHOUT_MEASURE), "/atgarder/ny/"),
        (Missing(Gap.WITHOUT_MEASURE, draft=7), "/atgarder/7/"),
    ],
)
def test_what_is_missing_has_a_place_where_it_is_done(bostaden, missing, where):
    assert ways.address(bostaden, missing) == where


@pytest.mark.parametrize("gap", list(Gap))
def test_every_kind_has_a_way_and_a_word_for_it(client, bostaden, gap):
    missing = Missing(gap)
    assert ways.doing(missing)
    assert client.get(ways.address(bostaden, missing)).status_code in (200, 302)
