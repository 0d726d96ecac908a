"""How much memory a process holds, and its children; as Linux counts it, in megabytes."""

from contextlib import suppress
from pathlib import Path


def memory_of(pid: int) -> float:
    return _status(pid, "VmRSS")


def peak_of(pid: int, *, forget: bool = False) -> float:
    """Return the most that the process has held, since the start or since it was forgotten."""
    if forget:
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")
    return _status(pid, "VmHWM")


def below(pid: int) -> list[int]:
    """Return every process below: for a server, its supervisor, its workers and the jobs."""
    found, left = [], [pid]
    while left:
        for task in Path(f"/proc/{left.pop()}/task").iterdir():
            children = [int(child) for child in (task / "children").read_text().split()]
            found += children
            left += children
    return found


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def _status(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0
