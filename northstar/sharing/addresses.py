"""Pages of the portal by their addresses: which of them are its own, and in which languages."""

from django.conf import settings
from django.http import Http404
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import translation

LONGEST = 300  # a code of more is too fine for the camera of a phone
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def own_page(path: str) -> str:
    """The full address of *path*, which is one of the portal's own pages; raises Http404 if not.

    Another host cannot be meant: what begins with two slashes is no path of ours.
    """
    if len(path) > LONGEST or not path.startswith("/") or not path.isprintable():
        raise Http404
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404 as nothing:
            raise Http404 from nothing
    if match.namespaces:  # the workshop is for nobody to share
        raise Http404
    return full(path)


def full(path: str) -> str:
    return settings.SITE_URL + path


def in_each_language(name: str, **arguments: object) -> dict[str, str]:
    """The full addresses of the page *name*, by language."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = full(reverse(name, kwargs=arguments))
    return found


def beginnings(name: str) -> list[str]:
    """What the paths of pages opened by a token begin with, in each language."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            try:
                found.append(reverse(name, kwargs={"token": "-"}).partition("-/")[0])
            except NoReverseMatch:
                found.append(reverse(name))
    return found
