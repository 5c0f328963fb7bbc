"""Rules of the house that a machine can keep, each over all files at once.

The plan is in house.py; breaches of every rule are planted in test_looks, test_walls
and test_mirrors.
"""

import pytest
from django.core.management import call_command

from tests.northstar import house as plan
from tests.northstar import mirrors, sizes, walls
from tests.northstar.sources import House

HOUSE = House.standing()
SOURCES = list(HOUSE.sources.values())
TEMPLATES = mirrors.templates()
ROOMS = [name for name in HOUSE.sources if name.count(".") > 1]


def breaches(rule):
    return [breach for source in SOURCES for breach in rule(source, HOUSE)]


def breaches_of_templates(rule):
    return [breach for path, text in TEMPLATES.items() for breach in rule(path, text)]


def test_the_house_is_read():
    assert len(SOURCES) > 100
    assert len(TEMPLATES) > 100
    assert sum(len(HOUSE.looked_at(source)) for source in SOURCES) > 300


def test_nobody_looks_the_wrong_way():
    found = {(who, whom): why for who, whom, why in breaches(walls.wrong_looks)}

    assert {look: why for look, why in found.items() if look not in plan.LOOKS_UP} == {}
    assert plan.LOOKS_UP - found.keys() == set(), "needed no more"


def test_nobody_looks_round_in_a_circle():
    assert walls.circles(HOUSE) == []


def test_imports_are_plain():
    assert breaches(walls.imports_are_plain) == []


def test_nothing_to_the_right_is_named_by_a_text():
    assert breaches(walls.wider_strings) == []


def test_no_relation_is_followed_to_the_right():
    assert breaches(walls.reaches_back) == []


def test_only_who_may_uses_what_is_banned():
    found = breaches(walls.bans)

    assert [(who, name, why) for who, name, why in found if not walls.allowed(who, name)] == []


def test_who_may_use_what_is_banned_does():
    found = {(who, why) for who, _, why in breaches(walls.bans)}
    may = {(who, ban.why) for ban in [*plan.BANS, *plan.ATTRIBUTE_BANS] for who in ban.but}

    assert may - found == set(), "needed no more"


def test_no_class_as_written_overrides_what_django_keeps():
    assert breaches(walls.overrides) == []


def test_no_class_as_loaded_overrides_what_django_keeps():
    known = list(walls.kept_classes())

    assert len(known) > 30
    assert [breach for cls in known for breach in walls.overridden(cls)] == []


def test_modules_are_short_and_have_good_names():
    assert breaches(sizes.sizes_and_names) == []


def test_rooms_and_halls_are_those_of_the_plan():
    assert list(sizes.floors(HOUSE)) == []


def test_functions_are_simple():
    above = {
        name: ways
        for source in SOURCES
        for name, function in sizes.functions(source.tree, source.name)
        if (ways := sizes.complexity(function)) > plan.MOST_COMPLEX
    }

    assert above == {}


def test_no_line_silences_the_house_unasked():
    found = {silence for source in SOURCES for silence in sizes.silences(source)}

    assert found == plan.SILENCED


def test_the_linter_excuses_no_file_from_the_house():
    settings = sizes.linter()

    assert set(sizes.excused(settings)) == plan.EXCUSED
    assert settings["mccabe"]["max-complexity"] <= 8
    assert settings["pylint"]["max-statements"] <= 25


def test_all_code_lies_in_an_app():
    assert mirrors.homeless_code() == ["manage.py"]


def test_templates_have_no_inline_script_or_style():
    assert breaches_of_templates(mirrors.inline_code) == []


def test_a_fragment_has_one_root_named_after_its_file():
    assert breaches_of_templates(mirrors.fragment_root) == []


def test_templates_include_components_and_neighbours_to_the_left():
    assert breaches_of_templates(mirrors.includes) == []


def test_pages_lie_in_the_folder_of_their_room():
    strays = {path for path in TEMPLATES if not mirrors.has_its_room(path, HOUSE)}

    assert strays == plan.PAGES_OF_THE_HALL


def test_modules_show_pages_of_their_own_app():
    assert breaches(mirrors.pages_shown) == []


def test_components_are_leaves():
    found = {mirrors.component_that_links(path, text) for path, text in TEMPLATES.items()}

    assert found - {""} == plan.COMPONENTS_THAT_LINK


def test_a_test_lies_where_its_module_does():
    strays = {path for path in mirrors.tests_of_apps() if not mirrors.has_its_module(path, HOUSE)}

    assert strays == plan.TESTS_OF_MANY


def test_every_module_of_a_room_has_its_test():
    assert mirrors.untried(HOUSE, mirrors.tests_of_apps()) == set()
    needless = [last for last in plan.WITHOUT_TESTS if not any(n.endswith(last) for n in ROOMS)]
    assert needless == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run")
