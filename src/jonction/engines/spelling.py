"""How far two spellings are.

Method     letters added, dropped, changed, or two neighbours exchanged (optimal string alignment).
Invariant  none between a word and itself; the same both ways.
"""


def mistakes(word: str, other: str, *, most: int | None = None) -> int:
    """Return how many mistakes separate two words; above `most`, one more than it."""
    from rapidfuzz.distance import OSA  # 3 MB in each web worker: for who writes, not who reads

    return int(OSA.distance(word, other, score_cutoff=most))
