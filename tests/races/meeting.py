"""Two people at the same instant, made to meet every time rather than by luck.

Both look first. Then the first one acts in a transaction left open, the second one acts until it
ends or waits for the first, and only then is the first transaction committed. What is not held by
a lock or a condition therefore always goes wrong: each test has its control, which shows the harm.
"""

from collections.abc import Callable
from threading import Event, Thread

from django.db import connection, transaction

from jonction.core.verdicts import Refused

PATIENCE = 120  # seconds: on a busy machine, a thread may wait for its turn
WRITES = ("BEGIN", "INSERT", "UPDATE", "DELETE")


def meet(first_looks: Callable, second_looks: Callable) -> list[str]:
    """Let both look, then both act; return what became of each: done, or the name of the error.

    Each is a function that reads what it needs and returns the gesture to make.
    """
    first = first_looks()
    second = Party(second_looks)
    second.start()
    assert second.has_looked.wait(PATIENCE)
    with transaction.atomic():
        first()
        second.may_act.set()
        while second.is_alive() and not second.is_held():
            second.join(0.01)
    second.join(PATIENCE)
    assert not second.is_alive()
    if second.breakdown:
        raise second.breakdown
    return ["done", second.outcome]


class Party(Thread):
    """The second person, on a connection of her own."""

    def __init__(self, looks: Callable) -> None:
        super().__init__(daemon=True)
        self.looks, self.outcome, self.breakdown, self.pid = looks, "done", None, None
        self.has_looked, self.may_act, self.reaches_a_write = Event(), Event(), Event()

    def run(self) -> None:
        try:
            gesture = self.looks()
            connection.ensure_connection()
            if connection.vendor == "postgresql":
                self.pid = connection.connection.info.backend_pid
            self.has_looked.set()
            assert self.may_act.wait(PATIENCE)
            with connection.execute_wrapper(self._notes_writes):
                self._act(gesture)
        except Exception as error:  # noqa: BLE001 - told to the thread of the test
            self.breakdown = error
        finally:
            self.has_looked.set()
            connection.close()

    def is_held(self) -> bool:
        """Say whether it now waits for the first: PostgreSQL tells, SQLite holds every writer."""
        if connection.vendor != "postgresql":
            return self.reaches_a_write.is_set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [self.pid])
            return cursor.fetchone()[0]

    def _act(self, gesture: Callable) -> None:
        try:
            gesture()
        except Refused as refusal:
            self.outcome = type(refusal).__name__

    def _notes_writes(self, execute, sql, params, many, context):
        if sql.startswith(WRITES):
            self.reaches_a_write.set()
        return execute(sql, params, many, context)
