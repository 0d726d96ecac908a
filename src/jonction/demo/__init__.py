"""The invented Alliance of the demonstration."""
