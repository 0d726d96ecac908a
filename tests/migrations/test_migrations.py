"""The database goes back a step, and forward again, with what people wrote still in it."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RenameModel

from tests.migrations.filling import fill, our_apps, our_models
from tests.migrations.steps import migrate

LABELS = {app.label for app in our_apps()}
GRAPH = MigrationLoader(None).graph
OURS = sorted(key for key in GRAPH.nodes if key[0] in LABELS)


def apart(steps):
    """Return the steps that no other one undoes on its way: an area may need the last of another."""
    undone = {
        (label, name)
        for label, target in steps.items()
        for name in AREAS[label][AREAS[label].index(target) + 1 :]
    }
    return {
        label: target
        for label, target in steps.items()
        if not undone & set(GRAPH.forwards_plan((label, target)))
    }


AREAS = {label: [name for area, name in OURS if area == label] for label, _name in OURS}
LAST = apart({label: names[-2] for label, names in AREAS.items() if len(names) > 1})
FIRST = apart({label: names[0] for label, names in AREAS.items() if len(names) > 1})


def undo(steps):
    """Take each area back to its step, unless another took it farther; return what was undone."""
    executor, targets = MigrationExecutor(connection), []
    for target in steps.items():
        undone = executor.migration_plan(targets)
        if target not in {(migration.app_label, migration.name) for migration, _ in undone}:
            targets.append(target)
    return migrate(targets)  # at once: each going back draws every step of every area again


def columns():
    """Return the tables of ours that stand, with their columns."""
    prefixes = tuple(f"{label}_" for label in LABELS)
    with connection.cursor() as cursor:
        return {
            table: {c.name for c in connection.introspection.get_table_description(cursor, table)}
            for table in connection.introspection.table_names(cursor)
            if table.startswith(prefixes)
        }


def content(tables):
    """Return the rows of each table, as dictionaries."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - the names of our own tables
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def kept_in(older, migrations, latest):
    """Return the columns that stand on both sides, a table being followed through its names."""
    former = {}
    for migration in reversed(migrations):
        for operation in migration.operations:
            if isinstance(operation, RenameModel):
                new = f"{migration.app_label}_{operation.new_name_lower}"
                former[new] = f"{migration.app_label}_{operation.old_name_lower}"
    return {
        table: names & older.get(former.get(table, table), set()) for table, names in latest.items()
    }


def only(rows, names):
    return sorted(repr([row[name] for name in sorted(names)]) for row in rows)


def test_every_migration_can_be_undone():
    assert [
        f"{key}: {operation.describe()}"
        for key in OURS
        for operation in GRAPH.nodes[key].operations
        if not operation.reversible
    ] == []


@pytest.mark.django_db
def test_the_models_are_what_the_migrations_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_model_is_filled():
    fill()

    assert [model for model in our_models() if not model._base_manager.exists()] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_whole_again")
def test_an_empty_database_goes_to_zero_and_comes_back_the_same():
    latest = columns()

    migrate([(label, None) for label in sorted({label for label, _name in OURS})])
    bare = columns()
    migrate(GRAPH.leaf_nodes())

    again = columns()
    changed = {
        table: latest.get(table, set()) ^ again.get(table, set())
        for table in latest.keys() | again.keys()
        if latest.get(table) != again.get(table)
    }
    assert latest
    assert (bare, changed) == ({}, {})


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_whole_again")
@pytest.mark.parametrize("steps", [LAST, FIRST], ids=["the last step", "all but the first"])
def test_what_the_undone_steps_did_not_bring_survives(steps):
    """Every area goes back at once: a round trip is dear."""
    fill()
    latest = columns()
    written = content(latest)

    undone = undo(steps)
    older = columns()
    migrate(GRAPH.leaf_nodes())

    kept = {table: names for table, names in kept_in(older, undone, latest).items() if names}
    found = content(kept)
    assert kept
    assert {table: only(rows, kept[table]) for table, rows in found.items()} == {
        table: only(written[table], kept[table]) for table in kept
    }
