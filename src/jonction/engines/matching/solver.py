"""HiGHS as the matching uses it: one thread, a seed, no limit of time, and not a word printed."""

import highspy


class Quiet(highspy.Highs):
    """A solver silent from the start: the ordinary one prints its name as it sets its callbacks."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name is that of highspy
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def quiet_solver() -> highspy.Highs:
    """Return a solver whose answer depends on the program alone."""
    solver = Quiet()  # type: ignore[no-untyped-call]
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    return solver
