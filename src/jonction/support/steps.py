"""The one way in which a need changes state: moved, traced, and dated in its history."""

from datetime import date
from typing import Any

from jonction.accounts.models import Person
from jonction.core.states import move
from jonction.support.models import Need, NeedStep


def enter(need: Need, to: str, *, actor: Person, today: date, word: str = "", **facts: Any) -> None:
    """Take the need to that state; `facts` are the rank that it had, when it was retained."""
    said = {"answer": word} if word else {}
    move(need, to, actor=actor, **said, **facts)
    NeedStep.objects.create(need=need, status=to, on=today, word=word, **facts)


def where_it_waits(need: Need) -> str:
    """Return the state to which a need goes back: a decision to retain it still holds."""
    retained = need.steps.filter(status=Need.Status.PRIORITISED).exists()
    return Need.Status.PRIORITISED if retained else Need.Status.RECEIVED
