"""Which process a sentence names, by likeness with distinctive words, typos and initials allowed.

Method     docs/engines/guess.md. The words of a name that everybody's table shares (table, comité
           local…) only break ties; those of many places (rivière, grand, saint…) and those of the
           trade count beside another word of the same name. A process is named when it explains
           all that any other one explains, and more.
Invariant  never raises; two processes alike are no process; the order does not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jonction.engines.lexicon import ORDINARY, SMALL, VOCABULARY
from jonction.engines.said import Token, words_of
from jonction.engines.spelling import mistakes

LINKS = SMALL | {"et", "en"}
GENERIC = set(words_of(
    "table comité instance démarche processus local locale régional régionale alliance concertation solidarité "
    "développement social sociale communautaire territoire MRC région milieu"
))  # fmt: skip
SHARED_BY_PLACES = set(words_of(
    "grand grande haut haute bas basse petit petite nord sud est ouest saint sainte rivière lac mont val vallée "
    "ville île îles côte centre deux trois rives nouvelle vieux pointe baie chute port cap monts rocher coeur"
))  # fmt: skip
NOT_INITIALS = {"les", "des", "une", "est", "par", "sur", "son", "ses", "ces", "mes", "cdc", "mrc", "pas", "car", "pcd", "cal", "ddl"}  # fmt: skip
LONG_WORD, LONG_PREFIX, LONG_INITIALS = 9, 5, 3
EXACT, ALIKE, FAINT = 4, 3, 1


@dataclass(frozen=True, slots=True)
class Known:
    """A process that the sentence may speak of, by its id and all its names."""

    process: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """How a process is recognised: points, and the ranks of the tokens that name it."""

    process: int
    points: int = 0
    ranks: frozenset[int] = frozenset()
    is_exact: bool = False


def named_in(tokens: Sequence[Token], known: Sequence[Known]) -> Named | None:
    """Return the only process that the sentence can name."""
    found = [n for n in (_recognised(tokens, k) for k in known) if n.points]
    if not found:
        return None
    best = max(found, key=lambda n: (n.is_exact, n.points))
    rivals = [n for n in found if n is not best and (n.is_exact or not best.is_exact)]
    clear = all(n.ranks <= best.ranks and n.points < best.points for n in rivals)
    return best if clear else None


def _recognised(tokens: Sequence[Token], known: Known) -> Named:
    points: dict[int, int] = {}
    ranks: set[int] = set()
    for name in known.names:
        for rank, (score, is_own) in _one_name(tokens, name).items():
            points[rank] = max(points.get(rank, 0), score)
            if is_own:
                ranks.add(rank)
    exact = any(points[rank] == EXACT for rank in ranks)
    return Named(known.process, sum(points.values()), frozenset(ranks), exact)


def _one_name(tokens: Sequence[Token], name: str) -> dict[int, tuple[int, bool]]:
    """Return the points of each token for that name, none when nothing distinctive is said."""
    whole = [_same(word) for word in words_of(name)]
    words = [word for word in whole if word not in LINKS]
    own = [word for word in words if word not in GENERIC] or words
    found: dict[int, tuple[int, bool]] = {}
    matched: set[str] = set()
    for rank, token in enumerate(tokens):
        if _is_initials(token, whole, words) or _is_run_together(token, own):
            return {rank: (EXACT, True)}
        scores = [(_likeness(token, word), word) for word in words]
        score, word = max(scores, default=(0, ""))
        if score:
            matched.add(word)
            found[rank] = (score if word in own else FAINT, word in own)
    shared = SHARED_BY_PLACES | VOCABULARY | GENERIC
    if any(word in matched and word not in shared for word in own):
        return found
    return found if set(own) <= matched and len(matched) > 1 else {}


def _likeness(token: Token, word: str) -> int:
    said = _same(token.word)
    if said == word:
        return EXACT
    if said in VOCABULARY or said in ORDINARY or word in GENERIC or word in SHARED_BY_PLACES:
        return 0
    if min(len(token.plain), len(word)) < LONG_PREFIX:
        return 0
    if said[0] == word[0] and mistakes(said, word) <= 1 + (len(word) >= LONG_WORD):
        return ALIKE
    return ALIKE if word.startswith(token.plain) else 0


def _same(word: str) -> str:
    return {"st": "saint", "ste": "sainte"}.get(word, word)


def _is_initials(token: Token, whole: Sequence[str], words: Sequence[str]) -> bool:
    said = token.plain
    if len(said) < LONG_INITIALS or said in NOT_INITIALS:
        return False
    return said in {"".join(word[0] for word in some) for some in (whole, words)}


def _is_run_together(token: Token, own: Sequence[str]) -> bool:
    joined = "".join(own)
    return len(own) > 1 and len(joined) >= LONG_WORD and token.word == joined
