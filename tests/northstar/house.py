"""The plan of the house: who stands where, and who may look at whom. Only data; walls.py reads it.

Apps, floors and rooms look at what stands before them, never at what comes after. The lists of
exceptions hold what is not so yet: an entry that is needed no more fails the test, so that they
can only get shorter.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class App:
    below: list[set[str]]  # the hall below the rooms, floor by floor: all its rooms may use it
    rooms: list[str]  # what people do there, in the order in which they look at each other
    above: set[str]  # the hall above the rooms: knows them all, is known by none
    large: set[str] = field(default_factory=set)  # rooms that may hold a folder, and over ten files


HALL_ABOVE = {"admin", "apps", "management", "tasks", "templatetags", "urls"}

HOUSE = {  # imports point to what stands earlier, from app to app, too
    "partners": App(
        below=[
            {"reading"},  # knows neither Django nor models
            {"models"},
            {"permissions", "dates"},
            {"differences", "fields", "limits", "patience", "requests", "ticks"},
        ],
        rooms=[
            "sheets",
            "post",
            "choices",
            "bounces",
            "people",
            "joining",
            "telling",
            "organisations",
            "asking",
            "writing",
            "wording",
            "intake",
        ],
        above=HALL_ABOVE,
        large={"post", "sheets"},  # each shape a file may have is a module
    ),
    "learning": App(
        below=[{"scales"}, {"models"}, {"barrier_words", "permissions"}, {"finding"}],
        rooms=[
            "places",
            "reminders",
            "visitors",
            "material",
            "attendance",
            "next_steps",
            "surveys",
            "sessions",
            "letters",
            "intake",
            "participation",
        ],
        above=HALL_ABOVE,
    ),
    "measures": App(
        below=[{"models"}, {"permissions"}],
        rooms=[
            "figures",
            "city",
            "reminders",
            "standing",
            "story",
            "contact",
            "planning",
            "progress",
            "catalogue",
            "challenges",
            "promise",
        ],
        above=HALL_ABOVE,
    ),
    "northstar": App(
        below=[
            {"settings", "formats"},
            {"context", "errors", "logs"},
            {"forms", "templatetags"},
        ],
        rooms=[
            "servers",
            "login",
            "search",
            "sharing",
            "security",
            "own_data",
            "handover",
            "pages",
            "clock",
            "desk",
            "demo",
        ],
        above={"apps", "celery", "management", "middleware", "probe", "tasks", "urls", "wsgi"},
        large={"demo", "pages"},  # an app of its own; a page is a module
    ),
}

APPS = list(HOUSE)

# The order within a room, by the last word of a module's name; what is not named is a verb.
LAYERS = [
    {"mails", "calendar"},  # what is said about it
    {"VERBS"},
    {"report", "reports", "results", "findings", "files"},  # what it adds up to
    {"form", "forms", "panel"},  # what is asked and shown
    {"api", "views", "preview", "pages", "home", "guide", "urls", "__main__"},  # know a request
]
KEPT_TO_THEMSELVES = {"forms", "views"}  # no other room imports these

# (who imports, what): looks the wrong way today.
LOOKS_UP = {
    ("northstar.demo.urls", "northstar.urls"),  # an app of its own: the product's and its own
}


@dataclass(frozen=True)
class Ban:
    why: str
    names: set[str]  # full names, each with all that lies within
    but: set[str] = field(default_factory=set)  # the modules that may, and do


BANS = [
    Ban(
        "no receivers: an operation says what happens",
        {
            "celery.signals",
            "django.contrib.auth.signals",
            "django.core.signals",
            "django.db.backends.signals",
            "django.db.models.signals",
            "django.dispatch",
            "django.test.signals",
        },
    ),
    Ban(
        "mail is a row first: only the outbox sends",
        {
            "django.core.mail",
            "django.utils.log.AdminEmailHandler",
            "logging.handlers.SMTPHandler",
        },
        {"partners.post.connection", "partners.post.delivery", "partners.post.mime"},
    ),
    Ban(
        "mail is a row first: only the outbox speaks SMTP",
        {"smtplib", "aiosmtplib"},
        {
            "partners.post.connection",
            "partners.post.delivery",
            "partners.post.refusals",
        },
    ),
    Ban(
        "only northstar/settings.py reads the environment",
        {"environ", "os.environ", "os.environb", "os.getenv", "os.putenv"},
        {
            "northstar",  # the door itself
            "northstar.settings",
            "northstar.servers.embedded",  # these run before there are settings
            "northstar.servers.postgres",
            "northstar.demo.processes",
            "northstar.demo.supervisor",
        },
    ),
    Ban(
        "a wall that cannot see what is imported is no wall",
        {
            "django.apps.apps.get_model",
            "django.utils.module_loading",
            "imp",
            "importlib",
            "pkgutil",
            "runpy",
            "sys.modules",
        },
        {"northstar.servers.postgres"},  # finds the folder of a wheel
    ),
    Ban("a person is partners.models.User", {"django.contrib.auth.models.User"}),
    Ban("tools and tests are in no image: the portal stands without them", {"tools", "tests"}),
]

# Names that say the same however they were come by.
ATTRIBUTE_BANS = [
    Ban(
        "work for later is a row: nobody calls a task",
        {"apply_async", "delay", "send_task"},
    ),
    Ban(
        "no receivers: an operation says what happens", {"connect"}, {"northstar.servers.postgres"}
    ),
    Ban(
        "mail is a row first: only the outbox sends",
        {
            "EmailMessage",
            "EmailMultiAlternatives",
            "email_user",
            "get_connection",
            "mail_admins",
            "mail_managers",
            "send_mail",
            "send_mass_mail",
        },
        {"partners.post.delivery", "partners.post.mime"},
    ),
    Ban(
        "a wall that cannot see what is imported is no wall",
        {"__import__", "get_model", "import_module", "import_string"},
    ),
]
BUILTIN_BANS = {"__import__", "compile", "eval", "exec"}

# What a model, its manager and its rows inherit from Django stays as Django wrote it.
NOT_OVERRIDDEN = {
    *{"save", "asave", "save_base", "delete", "adelete", "refresh_from_db"},
    *{"bulk_create", "bulk_update", "create", "get_or_create", "update_or_create", "update"},
}

BAD_NAMES = {"utils", "helpers", "common", "services"}
LONGEST_MODULE = 400
MOST_IN_A_ROOM, FEWEST_IN_A_ROOM = 10, 2
MOST_IN_A_HALL = 12

# Ruff counts 8 branches; this counts comprehensions, "and", "or" and "x if y else z", too.
MOST_COMPLEX = 12

# Ruff's rules that keep the house, and the lines that may silence them.
HOUSE_RULES = {"ANN", "C901", "DJ", "DTZ", "ERA", "PLC0415", "PLR09", "TID"}
SILENCED = {
    ("northstar", "TID251"),  # names the settings: the door itself
    ("northstar.demo.prepare", "PLC0415"),  # models need a Django that is set up
    ("partners.sheets.child", "PLC0415"),  # the limits stand before the reader is loaded
}

# (file, rule) that the linter's settings leave out.
EXCUSED: set[tuple[str, str]] = set()

# Components are leaves; these lead to pages.
COMPONENTS_THAT_LINK = {
    "account_links",  # the frame of every page
    "foot",
    "nav_links",
    "search_link",
    "share",  # to the code of whatever page it stands on
    "post_stopped",  # to where e-mails are let go, for coordinators
    "staff_links",
}

# Pages of an app with rooms that belong to none of its rooms.
PAGES_OF_THE_HALL: set[str] = set()

# What all lists have in common: the one template that another app's intake may build on.
OF_ALL_LISTS = {"import_page"}

# Modules of rooms that need no test named after them: they are walked, or tried with their verbs.
WITHOUT_TESTS = ("forms", "mails", ".preview", "views", ".urls", ".words", ".__main__")

# Tests that are about no single module.
TESTS_OF_MANY = {
    "tests/learning/intake/test_corrections.py",
    "tests/learning/intake/test_unseen_lists.py",
    "tests/learning/participation/test_spring_2024.py",
    "tests/learning/places/test_changes.py",
    "tests/learning/test_year.py",
    "tests/measures/test_year.py",
    "tests/northstar/test_year.py",
    "tests/learning/places/test_thinking_again.py",
    "tests/measures/planning/test_effect_pages.py",
    "tests/northstar/security/test_passkeys.py",
    "tests/northstar/test_bodies.py",
    "tests/partners/intake/test_standing.py",
    "tests/partners/people/test_inviting_many.py",
    "tests/northstar/test_architecture.py",
    "tests/northstar/test_dependencies.py",
    "tests/northstar/test_fuzz.py",
    "tests/northstar/test_four_at_once.py",
    "tests/northstar/test_looks.py",
    "tests/northstar/test_migrations.py",
    "tests/northstar/test_mirrors.py",
    "tests/northstar/test_models.py",
    "tests/northstar/test_operations.py",
    "tests/northstar/test_empty_lists.py",
    "tests/northstar/test_pick_lists.py",
    "tests/northstar/test_promises_agree.py",
    "tests/northstar/test_side_doors.py",
    "tests/northstar/test_states_in_sql.py",
    "tests/northstar/test_tokens.py",
    "tests/northstar/test_translations.py",
    "tests/northstar/test_walk.py",
    "tests/northstar/test_walls.py",
    "tests/northstar/test_who_did_it.py",
    "tests/northstar/test_zones.py",
}
