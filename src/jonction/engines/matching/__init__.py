"""Matching: who could support whom, as fairly and as well as proven possible (S7)."""

from jonction.engines.matching.compare import Comparison, compare
from jonction.engines.matching.plan import greedy_by_urgency, propose_matches

__all__ = ["Comparison", "compare", "greedy_by_urgency", "propose_matches"]
