"""A page as its reader meets it: texts of its elements, and what its forms hold and call wrong."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
FIELDS = {"input", "select", "textarea"}
TITLES = {"h1", "h2", "h3", "caption", "dt", "summary"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    @property
    def text(self):
        return " ".join("".join(self._words()).split())

    def _words(self):
        for part in self.inside:
            yield from [part] if isinstance(part, str) else part._words()

    def all(self, tag="", **attributes):
        """Every element below with that *tag* and these *attributes*, in the page's order."""
        for part in self.inside:
            if isinstance(part, Element):
                if tag in ("", part.tag) and attributes.items() <= part.attributes.items():
                    yield part
                yield from part.all(tag, **attributes)

    def texts(self, tag, **attributes):
        return [found.text for found in self.all(tag, **attributes)]

    def part(self, tag, heading):
        """The innermost element of that *tag* that has a heading or caption with this text."""
        *_outer, innermost = (
            found
            for found in self.all(tag)
            if any(title.text == heading for title in found.all() if title.tag in TITLES)
        )
        return innermost

    def rows(self):
        """The cells of each row of the tables' bodies."""
        return [
            [cell.text for cell in row.all() if cell.tag in {"th", "td"}]
            for body in self.all("tbody")
            for row in body.all("tr")
        ]

    def faulty(self):
        """The names of the fields that have an error written beside them; "" for a whole form."""
        lists = [e for e in self.all("ul") if "errorlist" in e.attributes.get("class", "").split()]
        ids = [found.attributes.get("id", "") for found in lists]
        return [each.removeprefix("id_").removesuffix("_error") for each in ids]

    def value(self, name):
        """What the field holds now; None where it is empty."""
        control = next(found for found in self.all(name=name) if found.tag in FIELDS)
        if control.tag == "select":
            chosen = (o for o in control.all("option") if "selected" in o.attributes)
            return next((option.attributes["value"] or None for option in chosen), None)
        if control.tag == "textarea":
            return control.text or None
        if control.attributes.get("type") in {"radio", "checkbox"}:
            ticked = (c for c in self.all("input", name=name) if "checked" in c.attributes)
            return next((c.attributes.get("value", "on") for c in ticked), None)
        return control.attributes.get("value") or None

    def values(self):
        """What sending the page's forms as they are would send, by name."""
        names = {f.attributes.get("name") for f in self.all() if f.tag in FIELDS}
        held = {name: self.value(name) for name in names - {None, ""}}
        return {name: value for name, value in held.items() if value is not None}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.open.pop()

    def handle_endtag(self, tag):
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        if self.open[-1].tag not in {"script", "style"}:
            self.open[-1].inside.append(data)


def read(response):
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.open[0]
