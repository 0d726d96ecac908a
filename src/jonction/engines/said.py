"""A sentence as a person typed it, bare enough to be compared, and what each part was.

Method     each character becomes its plain lower-case form; each plain character remembers which
           one it comes from, so that what was recognised is quoted as it was typed.
Invariant  never raises, whatever the text; a quotation is a part of the text.
"""

import re
import unicodedata
from dataclasses import dataclass

APOSTROPHES = "\u2019\u02bc\u2018\u0060\u00b4"
DASHES = "\u2010\u2011\u2013\u2014\u2212"
PLAIN = (
    dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(DASHES, "-")
    | {"œ": "oe", "æ": "ae", "½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
)
WORD = re.compile(r"[^\W_]+")
STOP = re.compile(r"[^\w\s'-]|\n|\s-\s")
SHORTEST_PLURAL = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word in the singular; `follows` tells that no punctuation stands before it."""

    word: str
    plain: str
    raw: str
    start: int
    end: int
    follows: bool


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    bare: str
    origin: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """Return what was typed for that part of `bare`."""
        return self.text[self.origin[start] : self.origin[end - 1] + 1].strip()

    def tokens(self) -> list[Token]:
        found: list[Token] = []
        for match in WORD.finditer(self.bare):
            start, end = match.span()
            between = self.bare[found[-1].end : start] if found else "\n"
            token = Token(
                singular(match[0]),
                match[0],
                self.quote(start, end),
                start,
                end,
                not STOP.search(between),
            )
            found.append(token)
        return found


def listen(text: str) -> Said:
    bare: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        small = character.casefold()
        plain = PLAIN.get(small) or unicodedata.normalize("NFKD", small)
        for c in plain:
            shown = " " if c.isspace() and c != "\n" else c
            if not unicodedata.combining(c) and (shown != " " or bare[-1:] != [" "]):
                bare.append(shown)
                origin.append(place)
    return Said(text, "".join(bare), tuple(origin))


def singular(word: str) -> str:
    return word[:-1] if len(word) >= SHORTEST_PLURAL and word[-1] in "sx" else word


def words_of(text: str) -> list[str]:
    return [token.word for token in listen(text).tokens()]
