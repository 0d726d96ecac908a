"""What is measured through the real server: its start, a crowd, its memory, an import.

Imported by `tools.measures`, once Django is ready.
"""

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPResponse
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jonction.accounts.models import Person
from jonction.imports.models import Import
from jonction.support.models import Intervention, Resource
from tools.crowd import crowd, slowdown
from tools.memory import below, command_of, memory_of

PORT = int(os.environ.get("JONCTION_BENCH_PORT") or 8199)
PEOPLE = 50
REQUESTS = 3_000
ALONE = 40.0
LONGEST = 120.0  # seconds given to those requests
LINES = 50_000
PER_DAY = 14
PAGES = [
    "/bureau/",
    "/accompagnement/besoins/",
    "/accompagnement/journal/",
    "/accompagnement/mandats/",
]
LISTS = [*PAGES, "/accompagnement/couverture/", "/accompagnement/ressources/", "/demarches/",
         "/concertations/", "/concertations/organismes/", "/compte/courriels/"]  # fmt: skip
Figures = dict[str, tuple[float, float, str]]


def figures(*, seconds: float) -> Figures:
    """Serve with two workers, as `run` does, and measure what only a server shows."""
    people = list(Person.objects.filter(seats__role="coordinator").order_by("pk")[:PEOPLE])
    # one in five reads in English: its catalogue is memory too
    Person.objects.filter(pk__in=[person.pk for person in people[1::5]]).update(language="en")
    cookies = [session_of(person) for person in people]
    found: Figures = {}
    tell(f"charge de la machine avant : {os.getloadavg()[0]:.1f}")
    with server() as (pid, ready):
        found["Prête à servir, secondes"] = (ready, 2, "s")
        found |= together(cookies, seconds)
        found |= after_load(pid, cookies)
        found |= imported(pid)
    return found


@contextmanager
def server() -> Iterator[tuple[int, float]]:
    """Give the process and the seconds until it answers: those of a start that prepares nothing."""
    with running():
        pass
    with running() as found:
        yield found


@contextmanager
def running() -> Iterator[tuple[int, float]]:
    env = {**os.environ, "JONCTION_PORT": str(PORT), "JONCTION_WORKERS": "2"}
    command = [sys.executable, "-m", "tools.serve"]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=env, cwd=settings.ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for("/sante/")
        yield process.pid, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(40)


def together(cookies: list[str], seconds: float) -> Figures:
    """Return the p95 of fifty people, each time over the median of the same page read alone."""
    warm = crowd(PORT, cookies[:1], PAGES, seconds=5, pause=0)
    tell(f"à vide : {sum(map(len, warm.values()))} pages en 5 s")
    alone = crowd(PORT, cookies[:1], PAGES, seconds=ALONE, pause=0.3)
    medians = {path: statistics.median(times) for path, times in alone.items()}
    used = time.process_time()
    times = crowd(PORT, cookies, PAGES, seconds=seconds)
    slow = slowdown(medians, times)
    client = (time.process_time() - used) / seconds
    tell(f"{len(slow)} pages lues à {PEOPLE} ; le client a pris {client:.0%} d’un cœur")
    tell("seul : " + ", ".join(f"{p} {m * 1000:.0f} ms" for p, m in medians.items()))
    tell(f"à {PEOPLE} : médiane {statistics.median(slow):.1f} x ; charge {os.getloadavg()[0]:.1f}")
    return {
        "Cinquante personnes, p95 sur la médiane d’une": (
            statistics.quantiles(slow, n=20)[-1],
            5,
            "x",
        )
    }


def after_load(pid: int, cookies: list[str]) -> Figures:
    """Return what the heaviest web worker holds once thousands of pages were read."""
    read, until = 0, time.perf_counter() + LONGEST
    while read < REQUESTS and time.perf_counter() < until:
        read += sum(map(len, crowd(PORT, cookies[:8], LISTS, seconds=10, pause=0).values()))
    held = {one: memory_of(one) for one in below(pid)}
    tell(f"{read} pages lues ; " + ", ".join(
        f"{command_of(one).split()[-1]} {size:.0f} Mo" for one, size in held.items()))  # fmt: skip
    web = [size for one, size in held.items() if "granian" in command_of(one)]
    return {"Mémoire d’un processus": (max(web), 120, "Mo")}


def imported(pid: int) -> Figures:
    """Import a journal of 50 000 lines by its page, follow its progress, then take it back."""
    resource = Resource.objects.exclude(person=None).order_by("pk")[0]
    cookie = session_of(resource.person)
    for left in Import.objects.filter(status=Import.Status.APPLIED, owner=resource.person):
        post(cookie, f"{left.get_absolute_url()}annuler/")  # by a measure that was stopped
    newest = Import.objects.aggregate(last=Max("pk"))["last"] or 0
    before = Intervention.objects.count()
    started = time.perf_counter()
    send(cookie, resource, journal_for(resource))
    source = Import.objects.get(pk__gt=newest)
    seen = wait_until(source, {Import.Status.READ, Import.Status.FAILED})
    reading = time.perf_counter() - started
    if source.rows.exclude(verdict="new").exists() or source.rows.count() != LINES:
        raise SystemExit(f"L’import n’a pas lu toutes ses lignes : {source.problem}")
    started = time.perf_counter()
    post(cookie, f"{source.get_absolute_url()}ecrire/")
    wait_until(source, {Import.Status.APPLIED, Import.Status.READ})
    writing = time.perf_counter() - started
    if Intervention.objects.count() != before + LINES:
        raise SystemExit(f"L’import n’a pas tout écrit : {source.problem}")
    jobs = max(memory_of(one) for one in below(pid) if command_of(one).split()[-1] == "work")
    started = time.perf_counter()
    post(cookie, f"{source.get_absolute_url()}annuler/")
    undoing = time.perf_counter() - started
    source.refresh_from_db()
    while pending().exists():
        time.sleep(0.2)  # what was taken back is found no more: its rows say what that was
    source.rows.all().delete()
    tell(f"import : lu en {reading:.0f} s ({seen} pas montrés), écrit en {writing:.0f} s, "
         f"annulé en {undoing:.0f} s ({source.status}) ; travail de fond {jobs:.0f} Mo")  # fmt: skip
    if Intervention.objects.count() != before:
        raise SystemExit("L’annulation de l’import n’a pas tout repris.")
    return {"Import de 50 000 lignes, secondes": (reading + writing, 60, "s")}


def pending() -> QuerySet[Any]:
    """Return the jobs that are due; the mails of the morning may wait for it."""
    due = Q(run_after=None) | Q(run_after__lte=timezone.now())
    return DBTaskResult.objects.filter(due, status__in=("READY", "RUNNING"))


def journal_for(resource: Resource) -> bytes:
    """Return a spreadsheet of fifteen minutes, fourteen a day, over ten years."""
    bodies = [
        mandate.process.body.name
        for mandate in resource.mandates.select_related("process__body").order_by("pk")
    ]
    today = date.today()  # noqa: DTZ011 - the journal refuses tomorrow wherever we are
    rows = ["Date;Instance;Étape;Activité;Durée"]
    for rank in range(LINES):
        day = today - timedelta(days=1 + rank // PER_DAY)
        words = f"Animation de la rencontre {rank}"
        rows.append(f"{day};{bodies[rank % len(bodies)]};plan d’action;{words};15 min")
    return "\n".join(rows).encode()


def wait_until(source: Import, states: set[str]) -> int:
    """Wait for the job; return how many steps of its progress somebody could have seen."""
    seen = set()
    source.refresh_from_db()
    while source.status not in states:
        time.sleep(0.3)
        source.refresh_from_db()
        seen.add(source.rows_read)
    return len(seen)


def send(cookie: str, resource: Resource, content: bytes) -> None:
    fields = {"resource": str(resource.pk), "audience": "mandate"}
    edge = "limite-de-la-mesure"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items()]  # fmt: skip
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="journal.csv"\r\n\r\n'
    )
    body = b"".join([*parts, head.encode(), content, f"\r\n--{edge}--\r\n".encode()])
    post(cookie, "/imports/nouveau/journal/", body, f"multipart/form-data; boundary={edge}")


def post(cookie: str, path: str, body: bytes = b"", kind: str = "text/plain") -> None:
    """Post as a browser does: with the token of a page read just before."""
    page = fetch("GET", "/imports/", {"Cookie": f"sessionid={cookie}"})
    token = re.search(r'"x-csrftoken": "(\w+)"', page.read().decode())
    held = re.search(r"csrftoken=(\w+)", str(page.headers))
    if token is None or held is None:
        raise SystemExit("La page des imports n’a pas donné de jeton.")
    answer = fetch("POST", path, {
        "Cookie": f"sessionid={cookie}; csrftoken={held[1]}",
        "X-CSRFToken": token[1],
        "Content-Type": kind,
        "Origin": f"http://127.0.0.1:{PORT}",
    }, body)  # fmt: skip
    if answer.status != 302:  # noqa: PLR2004 - the gesture held, and leads to its page
        raise SystemExit(f"{path} répond {answer.status}.")


def fetch(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> HTTPResponse:
    served = HTTPConnection("127.0.0.1", PORT, timeout=300)
    served.request(method, path, body=body, headers=headers)
    return served.getresponse()


def session_of(person: Person | None) -> str:
    if person is None:
        raise SystemExit("Cette mesure demande une personne.")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def wait_for(path: str) -> None:
    for _ in range(6_000):
        try:
            fetch("GET", path, {}).read()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise SystemExit("Le serveur n’a pas répondu.")


def tell(text: str) -> None:
    sys.stderr.write(f"  {text}\n")
