"""What is mutated, what may try to notice it, and three mutants that must die. Data only."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# By what the portal promises; every function and constant of these modules.
AREAS = {
    "registration": ["learning.places.registration"],
    "waitlist": ["learning.places.waitlist"],
    "outbox and delivery": ["partners.post.outbox", "partners.post.delivery"],
    "membership": ["partners.people.membership"],
    "permissions": ["partners.permissions", "learning.permissions", "measures.permissions"],
    "surveys": [f"learning.surveys.{name}" for name in ("asking", "answering", "results")],
    "arithmetic": ["measures.figures.arithmetic"],
}
# Of the modules below these, wherever it is defined, this function only: who may see what.
VISIBILITY = ["partners/models*", "learning/models*", "measures/models*"]
VISIBLE = "visible_to"

TESTS = ["tests/partners", "tests/learning", "tests/measures", "tests/northstar"]
# Minutes long, or about servers, the demo and the text of files rather than the areas above.
LEFT_OUT = ["northstar/demo", "northstar/servers", "test_architecture.py"]
LEFT_OUT += ["test_looks.py", "test_walls.py", "test_mirrors.py"]
LEFT_OUT += ["test_operations.py"]
LEFT_OUT_MARKS = ["browser", "slow"]


@dataclass(frozen=True)
class Target:
    """One module, and the name of the only function to mutate in it, or "" for all."""

    module: str
    only: str = ""

    @property
    def path(self) -> Path:
        plain = ROOT.joinpath(*self.module.split("."))
        return plain / "__init__.py" if plain.is_dir() else plain.with_suffix(".py")


@dataclass(frozen=True)
class Planted:
    """A fault put in by hand that the tests must notice: *before* occurs once in the module."""

    module: str
    before: str
    after: str


PLANTED = [
    Planted(
        "learning.places.waitlist",
        '"capacity": session.capacity, "now"',
        '"capacity": None, "now"',
    ),
    Planted(
        "partners.permissions", "return is_coordinator(user) or is_contact_person", "return True or"
    ),
    Planted("measures.figures.arithmetic", "tonnes * (1 - share)", "tonnes * (1 + share)"),
]


def targets() -> list[Target]:
    named = [Target(module) for modules in AREAS.values() for module in modules]
    return named + [
        Target(".".join(path.relative_to(ROOT).with_suffix("").parts), VISIBLE)
        for pattern in VISIBILITY
        for found in sorted(ROOT.glob(pattern))
        for path in (sorted(found.rglob("*.py")) if found.is_dir() else [found])
        if f"def {VISIBLE}(" in path.read_text()
    ]


def files_of_tests() -> list[str]:
    found = [str(path.relative_to(ROOT)) for top in TESTS for path in ROOT.glob(f"{top}/**/test_*")]
    return sorted(
        path for path in found if path.endswith(".py") and not any(out in path for out in LEFT_OUT)
    )
