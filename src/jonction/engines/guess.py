"""Guess the fields of a journal line from one sentence.

Method     a time is read by `engines.reading`; a process is the one whose names share the most
           words with the sentence, alone in that; stage, dimension and function come from the
           words of the trade. What is not recognised stays empty: nothing is invented.
Invariant  never raises, whatever the text; same text, same guess.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from jonction.engines.reading import NotADuration, read_quarters
from jonction.engines.words import fold

TIME = re.compile(
    r"(?<![\w,.-])(\d{1,2}\s?h\s?\d{0,2}|\d{1,2}:\d{2}|\d{1,3}\s?min(?:utes?)?|\d{1,2}[,.]\d{1,2}\s?h?)(?!\w)"
)
COMMON = {"table", "comite", "local", "locale", "demarche", "regionale", "alliance", "la", "le", "les", "de", "des", "du", "l", "d"}  # fmt: skip
# the longer expression first: « appel de projets » is a stage, « appel » a telephone
STAGES = (
    ("calls", ("appel de projets", "appels de projets", "aide a la redaction", "promoteur")),
    ("planning", ("plan d action", "priorisation des actions")),
    ("review", ("bilan", "evaluation")),
    ("delivery", ("suivi de projet", "rapport d etape", "realisation", "visite")),
    ("priorities", ("portrait", "donnees", "priorites", "diagnostic")),
    ("mobilisation", ("mobilisation", "recrutement", "inviter", "invitation")),
)
DIMENSIONS = (
    ("management", ("budget", "gestion", "grille", "cadre de gestion", "rapport")),
    ("governance", ("gouvernance", "regles", "mediation", "conflit", "comite de direction")),
    ("communication", ("communication", "infolettre", "vulgarisation", "relais", "site web")),
    ("operations", ("animation", "rencontre", "compte rendu", "logistique", "transport")),
)
FUNCTIONS = (
    ("mediation", ("mediation", "relais", "tension", "conflit")),
    ("information", ("vulgarisation", "formation", "infolettre", "portrait", "donnees")),
    ("mobilising", ("recrutement", "mobilisation", "partenaires", "invitation")),
    ("logistics", ("budget", "preparation", "compte rendu", "animation", "redaction", "transport")),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A process that the sentence may speak of, by its id and all its names."""

    process: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    quarters: int | None
    process: int | None
    stage: str
    dimension: str
    function: str


def guess(text: str, known: Sequence[Known]) -> Guess:
    """Return what the sentence says; an empty field was not recognised."""
    said = fold(text)
    return Guess(
        quarters=_quarters(said),
        process=_process(said, known),
        stage=_first(said, STAGES),
        dimension=_first(said, DIMENSIONS),
        function=_first(said, FUNCTIONS),
    )


def _quarters(said: str) -> int | None:
    for found in TIME.finditer(said):
        with suppress(NotADuration):
            return read_quarters(found[1])
    return None


def _process(said: str, known: Sequence[Known]) -> int | None:
    words = set(said.split()) - COMMON
    scores = [
        (len(words & {w for name in k.names for w in fold(name).split()} - COMMON), k.process)
        for k in known
    ]
    best = max((score for score, _ in scores), default=0)
    winners = [process for score, process in scores if score == best]
    if len(known) == 1:
        return known[0].process
    return winners[0] if best and len(winners) == 1 else None


def _first(said: str, lexicon: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    for code, expressions in lexicon:
        if any(re.search(rf"\b{expression}", said) for expression in expressions):
            return code
    return ""
