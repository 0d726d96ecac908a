"""May this person do this now? Yes, or the reason why not, written once for everybody.

The page reads the verdict to offer a gesture or to print the reason; the action reads the same
verdict to go on or to refuse.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """True when it may be done; otherwise `reason` is a sentence for the person.

    `note` is a sentence that goes with a yes: until when, under which condition.
    """

    reason: str = ""
    note: str = ""

    def __bool__(self) -> bool:
        return not self.reason


YES = Verdict()


class Refused(Exception):  # noqa: N818 - read in French: « refusé », not an error of ours
    """A gesture that a rule declines; its message is written for people."""


def no(reason: str) -> Verdict:
    return Verdict(reason)


def require(verdict: Verdict) -> None:
    """Raise `Refused` with the reason unless the verdict is yes."""
    if not verdict:
        raise Refused(verdict.reason)
