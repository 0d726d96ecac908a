"""Guess the fields of a journal line from one sentence.

Method     docs/engines/guess.md. The time and the day are read first (`engines.spoken`), then the
           process (`engines.naming`); what is left is compared with the words of the trade
           (`engines.lexicon`), the longest expression first, each word used once. What is not
           recognised stays empty: nothing is invented.
Invariant  never raises, whatever the text; same text and same day, same guess; never a day to come;
           what led to a guess is quoted from the text.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any

from jonction.engines.lexicon import (
    EXPRESSIONS,
    LONGEST,
    ORDINARY,
    SMALL,
    VOCABULARY,
    WEAK_EXPRESSIONS,
    Says,
)
from jonction.engines.naming import Known, Named, named_in
from jonction.engines.said import Said, Token, listen
from jonction.engines.space import Aspect
from jonction.engines.spelling import mistakes
from jonction.engines.spoken import (
    Heard,
    beyond_a_day_in,
    clock_in,
    day_in,
    duration_in,
    no_day_in,
    without_times,
)

__all__ = ["Guess", "Known", "dimension_in", "guess"]

ARTICLES = {"du", "au", "le", "un"}
SHORTEST_TYPO, SHORTEST_MISSPELT = 6, 7


@dataclass(frozen=True, slots=True)
class Guess:
    """What the sentence says, and for each field the words that said it.

    What was not taken fills nothing and is quoted: a time that no day holds (`too_long`), one that
    may be an hour of the day (`clock`), a day that is not a past one (`no_day`).
    """

    quarters: int | None = None
    on: date | None = None
    process: int | None = None
    stage: str = ""
    dimension: str = ""
    function: str = ""
    posture: str = ""
    aspects: tuple[str, ...] = ()
    too_long: str = ""
    clock: str = ""
    no_day: str = ""
    because: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """An expression of the trade found in the sentence."""

    says: Says
    start: int
    end: int
    words: int
    is_weak: bool


def guess(text: str, known: Sequence[Known], today: date) -> Guess:
    """Return what the sentence says on that day; an empty field was not recognised."""
    said = listen(text)
    tokens = said.tokens()
    time, days = duration_in(said.bare), without_times(said.bare)
    day = day_in(days, today)
    named = named_in(tokens, known)
    spoken = _spoken([t for n, t in enumerate(tokens) if not (named and n in named.ranks)])
    because = {
        "quarters": _words(said, time),
        "on": _words(said, day),
        "process": _quoted(said, tokens, named.ranks) if named else "",
    }
    codes = {}
    for what in ("stage", "dimension", "function", "posture"):
        codes[what], because[what] = _best(said, spoken, what)
    aspects, because["aspects"] = _all(said, spoken, "aspect")
    return Guess(
        quarters=time.value if time else None,
        on=day.value if day else None,
        too_long=_words(said, beyond_a_day_in(said.bare)),
        clock=_words(said, clock_in(said.bare)),
        no_day=_words(said, no_day_in(days, today)),
        process=_process(named, known),
        aspects=tuple(aspect.value for aspect in Aspect if aspect.value in aspects),
        because={what: words for what, words in because.items() if words},
        **codes,
    )


def _words(said: Said, heard: Heard[Any] | None) -> str:
    return said.quote(heard.start, heard.end) if heard else ""


def dimension_in(text: str) -> str:
    """Return the dimension that `guess` hears in the sentence, without looking for all the rest."""
    said = listen(text)
    return _best(said, _spoken(said.tokens()), "dimension")[0]


def _process(named: Named | None, known: Sequence[Known]) -> int | None:
    if len(known) == 1:
        return known[0].process
    return named.process if named else None


def _spoken(tokens: Sequence[Token]) -> list[_Spoken]:
    """Return the expressions of the trade, the longest first, each word used once."""
    before = ["", *(token.word for token in tokens)]
    kept = [
        (token, _corrected(token, previous))
        for token, previous in zip(tokens, before, strict=False)
        if token.word not in SMALL
    ]
    free = [True] * len(kept)
    found = []
    for size in range(LONGEST, 0, -1):
        for rank in range(len(kept) - size + 1):
            span = slice(rank, rank + size)
            words = tuple(word for _, word in kept[span])
            strong, weak = EXPRESSIONS.get(words), WEAK_EXPRESSIONS.get(words)
            joined = all(token.follows for token, _ in kept[span][1:])
            if (strong is None and weak is None) or not joined or not all(free[span]):
                continue
            free[span] = [False] * size
            start, end = kept[rank][0].start, kept[rank + size - 1][0].end
            found += [
                _Spoken(says, start, end, size, is_weak)
                for says, is_weak in ((strong, False), (weak, True))
                if says
            ]
    return sorted(found, key=lambda spoken: spoken.start)


def _corrected(token: Token, before: str) -> str:
    """Return the word of the trade meant; « ça » and the board (CA) differ by what was typed."""
    if token.word == "ca" and token.raw != "CA" and not (token.raw == "ca" and before in ARTICLES):
        return ""
    return _spelt(token.word)


@cache
def _vocabulary() -> list[str]:
    return sorted(word for word in VOCABULARY if len(word) >= SHORTEST_MISSPELT)


@lru_cache(maxsize=20_000)
def _spelt(word: str) -> str:
    """Return the word of the trade that a typo or a lost apostrophe separates from `word`, or `word`."""
    if word in VOCABULARY or word in ORDINARY or len(word) < SHORTEST_TYPO:
        return word
    if word[0] in "dl" and word[1:] in VOCABULARY:
        return word[1:]
    near = (v for v in _vocabulary() if v[0] == word[0] and mistakes(v, word, most=1) <= 1)
    return next(near, word)


def _best(said: Said, spoken: Sequence[_Spoken], what: str) -> tuple[str, str]:
    """Return the code said by the most words, the first said when equal, and those words."""
    heard = _heard(spoken, what)
    weights: dict[str, int] = {}
    for one in heard:
        for code in one.says[what][:1]:
            weights[code] = weights.get(code, 0) + one.words
    if not weights:
        return "", ""
    best = max(weights, key=lambda code: weights[code])
    return best, _joined(said, heard, lambda one: best == one.says[what][0])


def _all(said: Said, spoken: Sequence[_Spoken], what: str) -> tuple[set[str], str]:
    heard = _heard(spoken, what)
    return {code for one in heard for code in one.says[what]}, _joined(said, heard, lambda _: True)


def _heard(spoken: Sequence[_Spoken], what: str) -> list[_Spoken]:
    """Return those that say something of it; the weak ones when there is nothing else."""
    heard = [one for one in spoken if what in one.says]
    return [one for one in heard if not one.is_weak] or heard


def _joined(said: Said, heard: Iterable[_Spoken], keep: Callable[[_Spoken], bool]) -> str:
    quotes = [said.quote(one.start, one.end) for one in heard if keep(one)]
    return ", ".join(dict.fromkeys(quotes))


def _quoted(said: Said, tokens: Sequence[Token], ranks: Iterable[int]) -> str:
    """Return the words of those ranks, together when only small words stand between them."""
    runs: list[list[int]] = []
    for rank in sorted(ranks):
        between = tokens[runs[-1][1] + 1 : rank] if runs else []
        if runs and all(token.word in SMALL for token in between):
            runs[-1][1] = rank
        else:
            runs.append([rank, rank])
    return ", ".join(said.quote(tokens[first].start, tokens[last].end) for first, last in runs)
