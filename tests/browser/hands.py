"""What a person does with a page, in words; works with JavaScript on or off."""

import re

from axe_playwright_python.sync_playwright import Axe

# Without preloading: axe would fetch the parts of the style sheet by addresses of its own making.
RUN_AXE = """only => axe.run(
  {resultTypes: ["violations"], preload: false, ...(only && {runOnly: only})})"""
# All that axe looks for which another choice of colours can change.
OF_COLOURS = ["color-contrast", "link-in-text-block"]

LOOK = """() => {
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((h) => h.checkVisibility());
  const root = document.scrollingElement;
  return {
    language: document.documentElement.lang,
    levels: headings.map((h) => Number(h.tagName[1])),
    width: root.clientWidth,
    wanted: root.scrollWidth,
    title: document.title,
    wide: [...document.querySelectorAll("main *")]
      .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 3).map((e) => e.outerHTML.slice(0, 80)),
    // A table of cards scrolls nowhere: what runs out of it cannot be read.
    cut: innerWidth > 640 ? [] : [...document.querySelectorAll(
      "main .table:has(td[data-label]) tbody *:not(.visually-hidden)")]
      .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1
        || (e.matches(".tag") && e.offsetHeight > 60))
      .slice(0, 3).map((e) => e.outerHTML.slice(0, 80)),
  };
}"""

MOST_STOPS = 30
# How often Tab is pressed inside each table and list: a group of radio buttons is one stop, what is
# folded or hidden none. Rows of one kind are a list, whatever they are made of. A link near before
# the list to something behind it is the way past.
LONG_WAYS = """() => {
  const main = document.querySelector("main");
  if (!main) return [];
  const all = [...main.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}));
  const groups = new Set();
  const stops = all.filter((e) => {
    if (e.type !== "radio") return true;
    const group = `${e.form && e.form.id} ${e.name}`;
    return !groups.has(group) && groups.add(group);
  });
  const isList = (e) => {
    if (e.matches("table, ul, ol, dl")) return true;
    const kinds = {};
    for (const row of e.children) {
      const kind = row.tagName + row.className;
      kinds[kind] = (kinds[kind] || 0) + 1;
    }
    return Math.max(0, ...Object.values(kinds)) >= 5;
  };
  const before = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
  const isPast = (list) => {
    const first = stops.findIndex((e) => list.contains(e));
    return stops.slice(Math.max(0, first - 5), first).some((e) => {
      const goal = e.hash && document.getElementById(e.hash.slice(1));
      return goal && before(list, goal) && !list.contains(goal);
    });
  };
  const lists = [...main.querySelectorAll("*")].filter(isList);
  return lists.filter((e) => !lists.some((other) => other !== e && other.contains(e)))
    .filter((e) => !isPast(e))
    .map((e) => ({
      stops: stops.filter((stop) => e.contains(stop)).length,
      html: e.outerHTML.slice(0, 100),
    }));
}"""

# What a finger presses: buttons, and of a row without any the link that is its name.
TOO_SMALL = """() => {
  const shown = (e) => e.checkVisibility({visibilityProperty: true}) && e.offsetWidth > 1;
  const goals = new Set([...document.querySelectorAll(
    "main :is(.button, button):not(.visually-hidden)")].filter(shown));
  const rows = "main :is(tbody tr, .rows > li, .task-list > li, .session-row, .todo)";
  for (const row of document.querySelectorAll(rows)) {
    if ([...row.querySelectorAll(".button, button, input, select, summary")].some(shown)) continue;
    const name = row.matches("tr") ? "th a[href]" : "a[href]";
    const link = [...row.querySelectorAll(name)].find(shown);
    if (link) goals.add(link);
  }
  const height = (e) => Math.round(e.getBoundingClientRect().height);
  return [...goals].filter((e) => height(e) < 44)
    .map((e) => `${height(e)} px high: ${e.outerHTML.slice(0, 100)}`);
}"""

NAME_OF_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return "";
  const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
  const named = e.getAttribute("aria-labelledby");
  return (e.getAttribute("aria-label") || (named && document.getElementById(named)?.innerText)
    || label || e.innerText || e.value || e.title || "").trim();
}"""

FORMS = """() => [...document.querySelectorAll("form")].map((form) => ({
  html: form.outerHTML.slice(0, 120),
  method: form.method,
  action: form.getAttribute("action"),
  post: form.getAttribute("hx-post"),
  get: form.getAttribute("hx-get"),
  token: !!form.querySelector("[name=csrfmiddlewaretoken]"),
  button: [...form.elements].some((e) => e.type === "submit"),
}))"""

LOOSE = """() => [
    ...document.querySelectorAll("[hx-post], [hx-put], [hx-delete], [hx-patch]"),
  ]
  .filter((e) => e.tagName !== "FORM" && !e.closest("form"))
  .map((e) => e.outerHTML.slice(0, 120))"""


def heading_faults(levels):
    """What is wrong with the order of headings, given their levels from the top."""
    found = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1 on the page"]
    for above, below in zip(levels, levels[1:], strict=False):
        if below > above + 1:
            found.append(f"an h{below} follows an h{above}")
    return found


def load_axe(page):
    """Put axe into the page as it is loaded; it stays for every look at it."""
    page.evaluate(Axe().axe_script)


def faults(page, language):
    """Everything wrong with the page as it stands, as sentences; [] when all is well."""
    seen = page.evaluate(LOOK)
    found = [f"console: {problem}" for problem in page.problems]
    if seen["language"] != language:
        found.append(f"<html lang> is {seen['language']}, the page is {language}")
    found += heading_faults(seen["levels"])
    found += width_faults(page, language)
    if seen["cut"]:
        found.append(f"cut off in a table of cards: {seen['cut']}")
    if not seen["title"].strip(" –"):
        found.append("no title")
    return found + list(breaches(page)) + tab_faults(page)


def colour_faults(page, language):
    """What is too faint in the colours the page has now; the rest has been looked at."""
    return list(breaches(page, OF_COLOURS))


def width_faults(page, language):
    """What needs more room than there is."""
    seen = page.evaluate(LOOK)
    fits = seen["wanted"] <= seen["width"]
    return [] if fits else [f"{seen['wanted']} px wanted in {seen['width']}: {seen['wide']}"]


def breaches(page, only=None):
    """What axe finds, as sentences; of the rules in *only*, or of all."""
    for breach in page.evaluate(RUN_AXE, only)["violations"]:
        nodes = "; ".join(
            f"{node['target']} {node.get('failureSummary', '')[:300]}"
            for node in breach["nodes"][:3]
        )
        yield f"axe {breach['id']}: {nodes}"


def target_faults(page):
    """The main actions of rows that are too small for a finger, as sentences."""
    return page.evaluate(TOO_SMALL)[:5]


def tab_faults(page):
    """Tables and lists of the page that take too many presses of Tab to get past, as sentences."""
    return [
        f"{seen['stops']} presses of Tab to get past {seen['html']}"
        for seen in page.evaluate(LONG_WAYS)
        if seen["stops"] > MOST_STOPS
    ]


def form_faults(page):
    """What a form lacks to work without JavaScript, as sentences."""
    found = [f"not a form: {html}" for html in page.evaluate(LOOSE)]
    for form in page.evaluate(FORMS):
        if form["method"] == "post" and not form["action"]:
            found.append(f"no action: {form['html']}")
        if form["method"] == "post" and not form["token"]:
            found.append(f"no token: {form['html']}")
        for asked in (form["post"], form["get"]):
            if asked and form["action"] and asked != form["action"]:
                found.append(f"htmx goes elsewhere than the form: {form['html']}")
        if not form["button"]:
            found.append(f"no button: {form['html']}")
    return found


def tab_to(page, name, *, most=80):
    """Press Tab until the control called *name* has focus; an AssertionError tells the way gone."""
    way = []
    for _ in range(most):
        page.keyboard.press("Tab")
        way.append(page.evaluate(NAME_OF_FOCUS))
        if way[-1].split("\n")[0].strip() == name:
            return way
    raise AssertionError(f"Tab never reached {name!r}: {way}")


def fill_in(page, **values):
    """Type into fields by their names: fill_in(page, title="…"); True ticks, a list chooses."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']").first
        kind = field.get_attribute("type")
        if value is True:
            field.check()
        elif kind == "radio":
            page.locator(f"main [name='{name}'][value='{value}']").check()
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))


def link_in(letter, part):
    """The path of the link in *letter*, a row of the outbox, that has *part* in it."""
    return re.search(rf"https?://[^/\s]+(\S*{part}\S*)", letter.text).group(1)


def press(page, name):
    """Press the button called *name* in the page's content and wait for what comes.

    A long page has it above and below what it saves: the first one is pressed.
    """
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()
