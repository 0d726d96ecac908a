"""What `bench` measures, inside one database; the last line printed is JSON.

Times are ratios to an empty signed-in page of this same site (« Mes courriels », with none): they
say what the page costs, not how fast the machine is.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from jonction.accounts.models import Person  # noqa: E402
from jonction.core.tables.text import stream_csv  # noqa: E402
from jonction.governance.models import Seat  # noqa: E402
from jonction.support.models import Intervention  # noqa: E402

ROUNDS = 15
EMPTY = "/compte/courriels/"
PORT = "8199"
PEOPLE = 50
LIST, DASHBOARD = (3.0, 12), (6.0, 20)
Figures = dict[str, tuple[float, float, str]]


def main() -> None:
    seat = (
        Seat.objects.filter(role="coordinator", body__level="regional")
        .select_related("person", "body__alliance")
        .order_by("pk")[0]
    )
    figures: Figures = {}
    figures |= pages(seat)
    figures |= exports()
    figures |= under_load(seat.person)
    sys.stdout.write(json.dumps(figures) + "\n")


def pages(seat: Seat) -> Figures:
    """Return, for each page, its time over the empty page's and its queries."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(seat.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    empty = median_of(partial(client.get, EMPTY))
    figures: Figures = {}
    for name, address, (most, most_queries) in addresses(seat):
        tell(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address)
        queries = len(asked)  # read at once: the next request forgets them
        if page.status_code != 200:  # noqa: PLR2004 - a page that fails measures nothing
            raise SystemExit(f"{address} répond {page.status_code}")
        ratio = median_of(partial(client.get, address)) / empty
        figures[f"{name}, temps"] = (ratio, most, "x")
        figures[f"{name}, requêtes"] = (queries, most_queries, " ")
    return figures


def addresses(seat: Seat) -> Iterable[tuple[str, str, tuple[float, int]]]:
    alliance = seat.body.alliance_id
    line = Intervention.objects.filter(process__body__alliance=alliance, audience="open").latest(
        "pk"
    )
    mandate = line.resource.mandates.filter(process=line.process)[0]
    support = "/accompagnement"
    yield "Bureau", "/bureau/", DASHBOARD
    yield "Journal", f"{support}/journal/", LIST
    yield "Journal, une démarche", f"{support}/journal/?demarche={line.process_id}", LIST
    yield "Une ligne du journal", line.get_absolute_url(), LIST
    yield "Besoins", f"{support}/besoins/", LIST
    yield "Mandats", f"{support}/mandats/", LIST
    yield "Un mandat", mandate.get_absolute_url(), LIST
    yield "Ressources", f"{support}/ressources/", LIST
    yield "Une ressource", line.resource.get_absolute_url(), LIST
    yield "Couverture, liste", f"{support}/couverture/", DASHBOARD
    yield "Couverture, démarche", f"{support}/couverture/{line.process_id}/", DASHBOARD
    yield "Couverture, Alliance", f"{support}/couverture/alliance/{alliance}/", DASHBOARD
    yield "Continuité", f"{support}/continuite/{line.process_id}/", DASHBOARD
    yield "Équité", f"{support}/equite/", DASHBOARD
    yield "Équité, une Alliance", f"{support}/equite/{alliance}/", DASHBOARD
    yield "Profils de départ", f"{support}/profils/", LIST
    yield "Démarches", "/demarches/", LIST
    yield "Une démarche", f"/demarches/{line.process_id}/", LIST
    yield "Concertations", "/concertations/", LIST
    yield "Une Alliance", f"/concertations/{alliance}/", LIST
    yield "Organismes", "/concertations/organismes/", LIST
    yield "Accueil", "/", LIST


def exports() -> Figures:
    """Return the memory that streaming a million rows adds, in megabytes."""
    before = memory_of(os.getpid())
    rows = ([n, "Animation de la rencontre", 1.5, "Table"] for n in range(1_000_000))
    size = sum(len(chunk) for chunk in stream_csv(["n", "texte", "heures", "table"], rows))
    added = max(0.0, peak() - before)
    tell(f"export : {size} octets")
    return {"Export d’un million de lignes, mémoire": (added, 50, "Mo")}


def under_load(person: Person) -> Figures:
    """Serve with two workers; return readiness, memory, and the slowest of fifty people at once.

    A start that prepares (new code, new rows) is longer than the next ones.
    """
    env = {**os.environ, "JONCTION_PORT": PORT, "JONCTION_WORKERS": "2"}
    root = Path(settings.ROOT)
    started = time.perf_counter()
    server = subprocess.Popen([root / "jonction", "run"], env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for("/sante/")
        ready = time.perf_counter() - started
        cookie = session_of(person)
        alone = [fetched("/bureau/", cookie) for _ in range(20)]
        together = crowd(cookie)
        memory = max(memory_of(pid) for pid in workers_of(server.pid))
    finally:
        server.terminate()
        server.wait(20)
    slowest = statistics.quantiles(together, n=20)[-1]
    return {
        "Prête à servir, secondes": (ready, 2, "s"),
        "Cinquante personnes, p95 sur la médiane d’une": (
            slowest / statistics.median(alone),
            5,
            "x",
        ),
        "Mémoire d’un processus": (memory, 120, "Mo"),
    }


def crowd(cookie: str) -> list[float]:
    """Let fifty people read a page every second or so for twenty seconds; return the times."""
    times: list[float] = []
    until = time.perf_counter() + 20

    def read(rank: int) -> None:
        time.sleep(rank / PEOPLE)
        while time.perf_counter() < until:
            times.append(fetched("/bureau/" if rank % 2 else "/accompagnement/besoins/", cookie))
            time.sleep(1)

    threads = [threading.Thread(target=read, args=(rank,)) for rank in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def fetched(path: str, cookie: str) -> float:
    started = time.perf_counter()
    served = HTTPConnection("127.0.0.1", int(PORT), timeout=60)
    served.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
    served.getresponse().read()
    served.close()
    return time.perf_counter() - started


def session_of(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def wait_for(path: str) -> None:
    for _ in range(1500):
        try:
            fetched(path, "")
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise SystemExit("Le serveur n’a pas répondu.")


def workers_of(pid: int) -> list[int]:
    """Return every process below: the supervisor, the server, its workers and the jobs."""
    found, left = [], [pid]
    while left:
        one = left.pop()
        for task in Path(f"/proc/{one}/task").iterdir():
            below = [int(child) for child in (task / "children").read_text().split()]
            found += below
            left += below
    return found


def memory_of(pid: int) -> float:
    """Return the resident megabytes of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def median_of(run: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def tell(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


if __name__ == "__main__":
    main()
