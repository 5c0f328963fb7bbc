from measures.models import Pick
from measures.standing import picking


def test_a_second_click_picks_no_more(bostaden, norrbyggen, kim):
    first = picking.pick([bostaden, norrbyggen], by=kim)
    assert picking.pick([norrbyggen, bostaden], by=kim) == first
    assert picking.pick([norrbyggen], by=kim) != first
    assert Pick.objects.count() == 2
