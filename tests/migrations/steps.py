"""How a test takes the database to a step of its history."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(targets):
    """Go there; return the migrations met on the way."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(targets)
    executor.migrate(targets, plan)
    return [migration for migration, _is_backwards in plan]
