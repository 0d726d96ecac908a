"""Measure the matching on invented rounds, beside the ordinary way: `python -m tools.matching_bench`."""

import argparse
import time
from dataclasses import replace

from jonction.engines.matching import compare, greedy_by_urgency, propose_matches
from jonction.engines.matching.compare import Measure
from jonction.engines.matching.instances import SHAPES, Shape, instance
from jonction.engines.matching.problem import Plan, Step

HEAD = (
    f"{'round':12} {'way':8} {'smallest':>9} {'at most':>8} {'gap %':>6} {'met':>7}"
    f" {'value':>13} {'gap %':>6} {'pairs':>6} {'left':>5} {'cpu s':>6} {'s':>6}"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="*", choices=[*SHAPES, []], help="all of them when none")
    parser.add_argument("--needs", type=int)
    parser.add_argument("--resources", type=int)
    parser.add_argument("--seconds", type=float, help="stop the search after so many seconds")
    asked = parser.parse_args()
    print(HEAD)
    for name in asked.rounds or SHAPES:
        shape = SHAPES[name]
        size = {"needs": asked.needs, "resources": asked.resources}
        measure_round(name, replace(shape, **{k: v for k, v in size.items() if v}), asked.seconds)
    return 0


def measure_round(name: str, shape: Shape, seconds: float | None) -> None:
    problem = instance(shape)
    wall, cpu = time.perf_counter(), time.process_time()

    def is_late(_: Step) -> bool:
        return seconds is not None and time.perf_counter() - wall > seconds

    ours = propose_matches(problem, progress=is_late)
    spent = time.process_time() - cpu, time.perf_counter() - wall
    wall, cpu = time.perf_counter(), time.process_time()
    greedy = greedy_by_urgency(problem)
    other = time.process_time() - cpu, time.perf_counter() - wall
    both = compare(ours, greedy)
    show(name, "proven", ours, both.one, spent)
    show(name, "urgency", greedy, both.other, other)


def show(name: str, way: str, plan: Plan, seen: Measure, spent: tuple[float, float]) -> None:
    floor = plan.floors[-1].share
    print(
        f"{name:12} {way:8} {float(floor.reached):9.4f} {float(floor.bound):8.4f}"
        f" {100 * float(floor.gap):6.2f} {float(seen.met):7.4f} {float(seen.value):13.0f}"
        f" {100 * float(plan.value.gap):6.2f} {seen.pairs:6} {seen.needs_left:5}"
        f" {spent[0]:6.1f} {spent[1]:6.1f}",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
