"""What the reader may rely on everywhere; import-linter keeps the rest."""

from importlib import import_module
from inspect import getmembers, isfunction

import pytest
from django.apps import apps

from jonction.core import taxonomy
from jonction.engines import space


def verbs(module_name):
    functions = getmembers(import_module(module_name), isfunction)
    return {n for n, f in functions if f.__module__ == module_name and not n.startswith("_")}


def test_each_action_of_support_has_its_rule():
    rules = verbs("jonction.support.rules")

    assert {f"can_{verb}" for verb in verbs("jonction.support.actions")} <= rules


def test_every_state_can_be_reached():
    for model in apps.get_models():
        if moves := getattr(model, "MOVES", None):
            reached = set().union(*moves.values()) | {model._meta.get_field("status").default}
            assert reached == set(model.Status), model


@pytest.mark.parametrize("name", ["Level", "Dimension", "Stage"])
def test_the_engines_and_the_rows_speak_the_same_codes(name):
    assert getattr(taxonomy, name).values == [code.value for code in getattr(space, name)]
