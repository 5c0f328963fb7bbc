"""Migrations run while the code of yesterday still serves: one line, and nothing taken away."""

import re

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

APPS = ["partners", "learning", "measures"]

# What takes something away all the same, each with the release in which nobody asked for it any
# more: "app.0007_name": {"RemoveField model.field"}.
AGREED: dict[str, set[str]] = {}

TAKES_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.DeleteModel,
    migrations.AlterModelTable,
)


def line_of(app):
    """The migrations of *app* by name, in the order of their names."""
    disk = MigrationLoader(None).disk_migrations
    return {name: disk[label, name] for label, name in sorted(disk) if label == app}


def kinks(app, line):
    """Where the migrations of *app* are no single line, numbered from 0001 without a gap."""
    before = None
    for number, (name, migration) in enumerate(line.items(), start=1):
        own = [other for label, other in migration.dependencies if label == app]
        if not re.fullmatch(rf"{number:04}_[a-z][a-z0-9_]+", name) or "_auto_" in name:
            yield f"{name} is not the {number:04} that says what it does"
        if own != ([before] if before else []):
            yield f"{name} comes after {own}, not after {before}"
        before = name


def operations_of(migration):
    """What *migration* does to the database, one by one."""
    for operation in migration.operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from operation.database_operations
        else:
            yield operation


def breaches(app, migration, state):
    """What the code of yesterday would stumble over, when *migration* has run on *state*."""
    for operation in operations_of(migration):
        kind = type(operation).__name__
        yield from (f"{kind} {fault}" for fault in faults(app, operation, state))
        operation.state_forwards(app, state)


def faults(app, operation, state):
    if isinstance(operation, migrations.RunPython | migrations.RunSQL) and not operation.reversible:
        yield "has no way back"
    if isinstance(operation, migrations.AddField) and must_be_filled_in(operation.field):
        yield f"{operation.model_name}.{operation.name} must be filled in by code that is not there"
    if isinstance(operation, TAKES_AWAY):
        yield " ".join(operation.deconstruct()[2].values())
    if isinstance(operation, migrations.AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        yield from narrowed(f"{operation.model_name}.{operation.name}", before, operation.field)


def must_be_filled_in(field):
    """A default in Python is of no use to code that does not know the field: only db_default is."""
    is_column = not isinstance(field, models.ManyToManyField | models.GeneratedField)
    return is_column and not field.null and field.db_default is NOT_PROVIDED


def narrowed(name, before, after):
    if before.get_internal_type() != after.get_internal_type():
        yield f"{name} becomes another type"
    if before.null and not after.null:
        yield f"{name} may no longer be empty"
    if (after.max_length or 10**9) < (before.max_length or 10**9):
        yield f"{name} holds less"


@pytest.mark.parametrize("app", APPS)
def test_the_migrations_of_an_app_are_one_line(app):
    line = line_of(app)
    assert line
    assert list(kinks(app, line)) == []


@pytest.mark.parametrize("app", APPS)
def test_the_code_of_yesterday_can_run_on_the_tables_of_today(app):
    loader = MigrationLoader(None)
    for name, migration in list(line_of(app).items())[1:]:
        state = loader.project_state([(app, name)], at_end=False)
        found = set(breaches(app, migration, state))
        assert found == AGREED.get(f"{app}.{name}", set()), f"{app}.{name}"


# Every rule has a breach that it must catch.


def migration(*operations, after=None):
    made = migrations.Migration("0002_planted", "partners")
    made.operations = list(operations)
    made.dependencies = [("partners", after)] if after else []
    return made


def seats():
    """A state with one table that a planted migration may change."""
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=20, null=True)),
    ]
    migrations.CreateModel("Seat", fields).state_forwards("partners", state)
    return state


FREE = models.BooleanField()
WITH_DEFAULT = models.BooleanField(default=True)
COUNT = models.IntegerField(null=True)
FULL_NAME = models.CharField(max_length=20)
SHORT_NAME = models.CharField(max_length=10, null=True)


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        (migrations.RunPython(migrations.RunPython.noop), "RunPython has no way back"),
        (migrations.RunSQL("SELECT 1"), "RunSQL has no way back"),
        (
            migrations.AddField("seat", "free", FREE),
            "AddField seat.free must be filled in by code that is not there",
        ),
        (
            migrations.AddField("seat", "free", WITH_DEFAULT),
            "AddField seat.free must be filled in by code that is not there",
        ),
        (migrations.RemoveField("seat", "name"), "RemoveField seat name"),
        (migrations.RenameField("seat", "name", "title"), "RenameField seat name title"),
        (migrations.RenameModel("Seat", "Chair"), "RenameModel Seat Chair"),
        (migrations.DeleteModel("Seat"), "DeleteModel Seat"),
        (migrations.AlterModelTable("seat", "chairs"), "AlterModelTable seat"),
        (migrations.AlterField("seat", "name", COUNT), "AlterField seat.name becomes another type"),
        (migrations.AlterField("seat", "name", FULL_NAME), "AlterField seat.name may no longer be"),
        (migrations.AlterField("seat", "name", SHORT_NAME), "AlterField seat.name holds less"),
        (
            migrations.SeparateDatabaseAndState([migrations.RemoveField("seat", "name")]),
            "RemoveField seat name",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_planted_breach_is_caught(operation, fault):
    found = list(breaches("partners", migration(operation), seats()))
    assert len(found) == 1
    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("seat", "free", models.BooleanField(null=True)),
        migrations.AddField("seat", "free", models.BooleanField(db_default=True)),
        migrations.AddField("seat", "near", models.ManyToManyField("partners.Seat")),
        migrations.AlterField("seat", "name", models.CharField(max_length=40, null=True)),
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("seat", "name")]
        ),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_disturbs_nobody_is_let_through(operation):
    assert list(breaches("partners", migration(operation), seats())) == []


@pytest.mark.parametrize(
    "line",
    [
        {"0001_first": migration(), "0003_third": migration(after="0001_first")},
        {"0001_first": migration(), "0002_second": migration()},
        {"0001_first": migration(), "0002_auto_20261128_1130": migration(after="0001_first")},
        {
            "0001_first": migration(),
            "0002_one": migration(after="0001_first"),
            "0002_other": migration(after="0001_first"),
        },
    ],
    ids=["a gap", "two roots", "no name", "two leaves"],
)
def test_a_planted_kink_is_caught(line):
    assert list(kinks("partners", line))
