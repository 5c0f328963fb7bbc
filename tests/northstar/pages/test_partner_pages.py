from django.urls import reverse

from partners.models import OrganisationStatus
from tests.builders import make_attendance, make_measure, make_organisation, make_session


def test_a_partner_page_shows_what_is_published_and_no_names(client, bostaden, ada):
    make_measure(bostaden, "Öppen åtgärd")
    make_measure(bostaden, "Hemligt utkast", published_at=None)
    session = make_session(in_days=-2)
    make_attendance(session, ada)
    page = client.get(reverse("partner_detail", args=[bostaden.slug]))
    text = page.content.decode()
    assert "Öppen åtgärd" in text
    assert "Hemligt utkast" not in text
    assert ada.name not in text
    assert page.context["sessions_attended"] == 1


def test_an_organisation_that_is_no_partner_is_not_public(client, as_, kim):
    gone = make_organisation("Lämnade", status=OrganisationStatus.LEFT)
    link = reverse("partner_detail", args=[gone.slug])
    assert client.get(link).status_code == 404
    assert as_(kim).get(link).status_code == 200


def test_the_web_address_of_a_partner_is_never_a_script(client, bostaden):
    bostaden.website = "javascript:alert(1)"
    bostaden.save()
    page = client.get(reverse("partner_detail", args=[bostaden.slug]))
    assert 'href="javascript' not in page.content.decode()
