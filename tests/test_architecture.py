"""What the reader may rely on everywhere; import-linter keeps the rest."""

import pkgutil
from importlib import import_module
from inspect import getmembers, isclass, isfunction
from pathlib import Path

import pytest
from django.apps import apps

import jonction
from jonction.core import taxonomy
from jonction.engines import space

AREAS = sorted(
    path.parent.name
    for path in Path(jonction.__file__).parent.glob("*/*")
    if path.stem == "actions"
)
# scheduled work of the installation: no person decides, hence no rule
WITHOUT_RULE = {"territories": {"load_places", "load_indicators", "sort_key"}}


def modules(name):
    module = import_module(name)
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
        yield import_module(f"{name}.{found.name}")


def verbs(name):
    return {
        verb
        for module in modules(name)
        for verb, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__ and not verb.startswith("_")
    }


@pytest.mark.parametrize("area", AREAS)
def test_each_action_has_its_rule(area):
    actions = verbs(f"jonction.{area}.actions") - WITHOUT_RULE.get(area, set())
    rules = verbs(f"jonction.{area}.rules") if actions else set()

    assert {f"can_{verb}" for verb in actions} - rules == set()


def test_every_state_can_be_reached():
    for model in apps.get_models():
        if moves := getattr(model, "MOVES", None):
            reached = set().union(*moves.values()) | {model._meta.get_field("status").default}
            assert reached == set(model.Status), model


LISTS = [name for name, code in getmembers(space, isclass) if code.__module__ == space.__name__]


def test_every_list_of_the_space_has_its_french_labels():
    labelled = getmembers(taxonomy, isclass)

    assert {n for n, c in labelled if c.__module__ == taxonomy.__name__} == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_the_engines_and_the_rows_speak_the_same_codes(name):
    assert getattr(taxonomy, name).values == [code.value for code in getattr(space, name)]
