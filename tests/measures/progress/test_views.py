import pytest

from tests.builders import make_measure

pytestmark = pytest.mark.django_db


def address(measure, what=""):
    return f"/atgarder/{measure.pk}/{what}"


def test_progress_is_told_and_shown_beside_the_plan(as_, client, ada, bostaden):
    measure = make_measure(bostaden, reduction_t="12.5")
    told = {
        "status": "completed",
        "text": "Klart",
        "reduction_t": "10",
        "method": "measured",
        "has_sub_optimisation": "on",
    }
    assert as_(ada).post(address(measure, "rapportera/"), told).status_code == 302
    context = client.get(address(measure)).context
    assert context["difference"] == -2.5
    assert context["percent"] == 80
    measure.refresh_from_db()
    assert measure.status == "completed"
