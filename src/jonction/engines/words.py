"""French words compared as people mean them: accents, case, plurals and feminines aside.

Method     a text is folded (no accent, no case, œ as oe, no apostrophe), then each word is cut to
           its French Snowball stem. Folding comes first, so that « eleve » and « élèves » enter
           the stemmer alike: accents are optional by construction. Two endings that the stemmer
           leaves once accents are gone are cut here: a last e (« evaluee ») and the x of « eux »
           (« enjeux »). The last word of a question is also a beginning: results come while typing.
Invariant  never raises; folding twice is folding once; a text and its folded form have the same
           stems; a document is found by each of its own words, whole or begun.
"""

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
APART = str.maketrans(dict.fromkeys("'’\u2018\u02bc-\u2010\u2011–\u2014", " "))
# too frequent to tell one thing from another, elided articles included
COMMON = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "c",
        "ce",
        "ces",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "est",
        "et",
        "il",
        "j",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "m",
        "n",
        "ne",
        "on",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "son",
        "sur",
        "t",
        "un",
        "une",
        "y",
    ]
)
LONGEST_WORD = 40
MOST_WORDS = 8
_here = threading.local()  # a stemmer has a state of its own: one per thread


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks for: the stems of all words but the last, which may be unfinished."""

    stems: tuple[str, ...]
    last: str

    @property
    def root(self) -> str:
        return stem(self.last)

    def holds(self, word: str) -> bool:
        """Say whether this folded word is one of those asked."""
        return stem(word) in {*self.stems, self.root} or word.startswith(self.last)


def fold(text: str) -> str:
    """Return `text` without accents, case, apostrophes or hyphens, single-spaced."""
    split = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in split if not unicodedata.combining(c)).casefold()
    plain = unicodedata.normalize("NFKD", bare).replace("œ", "oe").replace("æ", "ae")
    return " ".join(plain.translate(APART).split())


def fold_key(text: str) -> str:
    """Return what sorts names in French in any database: folded, numbers by their value."""
    return re.sub(r"[0-9]{1,6}", lambda number: number[0].zfill(6), fold(text))


def terms(text: str) -> list[str]:
    """Return the folded words of `text`, in order."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the root of a folded word."""
    if not hasattr(_here, "stemmer"):
        _here.stemmer = snowballstemmer.stemmer("french")
    root: str = _here.stemmer.stemWord(word)
    if root.endswith("eux"):
        return root[:-1]
    # a cry (« eeee ») has no root: it stays itself, since nothing can be looked for
    return (root.rstrip("e") if len(root) > len("été") else root) or word


def indexed(text: str) -> str:
    """Return the words by which a text is found: each one whole and by its root."""
    found: dict[str, None] = {}
    for word in terms(text):
        if word not in COMMON:
            found |= {word: None, stem(word): None}
    return " ".join(found)


def question(text: str) -> Question | None:
    """Return what `text` asks, or None when it is too short to ask anything."""
    words = terms(text)[:MOST_WORDS]
    kept = [word for word in words if word not in COMMON] or words[-1:]
    if not kept or kept == [kept[0][:1]]:
        return None
    return Question(tuple(stem(word) for word in kept[:-1]), kept[-1])


def marked(text: str, asked: Question) -> list[tuple[str, bool]]:
    """Cut `text` into pieces that join back to it, and say which ones answer the question."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for word in WORD.finditer(text):
        if any(asked.holds(folded) for folded in terms(word[0])):
            pieces += [(text[end : word.start()], False), (word[0], True)]
            end = word.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]
