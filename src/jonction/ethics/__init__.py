"""Ties between people and organisations, and refusals: what keeps somebody away, and from whom."""
