"""What somebody sends of a measure, and where to."""

from partners.models import FocusArea

NEW = "/atgarder/ny/"
HTMX = {"HX-Request": "true"}
PARTS = ["namn", "lage", "effekt", "hinder", "ide", "beskrivning"]


def named(**fields):
    return {"title": "Solceller på taket", "focus_area": FocusArea.objects.first().pk} | fields


def counted(**fields):
    return {"reduction_t": "12,5", "method": "calculated", "version": "1"} | fields


def address(measure, what=""):
    return f"/atgarder/{measure.pk}/{what}"


def part(measure, name):
    return address(measure, f"andra/{name}/")
