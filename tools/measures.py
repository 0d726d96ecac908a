"""What `bench` measures, inside one database; the last line printed is JSON.

Times are ratios to an empty signed-in page of this same site (« Mes courriels », with none): they
say what the page costs, not how fast the machine is. The empty page is read again between two
readings of each page, so that a neighbour who takes the machine slows both.
"""

import argparse
import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Iterable, Iterator

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.db import connection, transaction  # noqa: E402
from django.http import StreamingHttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse  # noqa: E402

from jonction.core.models import Message  # noqa: E402
from jonction.governance.models import Alliance, Body, Seat  # noqa: E402
from jonction.support.models import (  # noqa: E402
    Filing,
    HandOver,
    Intervention,
    Need,
    ReleaseAgreement,
)
from tools import forecasting, serving  # noqa: E402
from tools.memory import memory_of, peak_of  # noqa: E402

ROUNDS = 15
EMPTY = "/compte/courriels/"
LIST, DASHBOARD = (3.0, 12), (6.0, 20)
BOARDS = (
    "bureau",
    "couverture",
    "continuite",
    "equite",
    "equilibre",
    "charge",
    "prevision",
    "jumelage",
    "besoins/tri",  # all that waits in an Alliance, weighed together
)
ROWS = 1_000_000
Figures = dict[str, tuple[float, float, str]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hour", action="store_true")
    parser.add_argument("--only", choices=["pages", "exports", "server"])
    asked = parser.parse_args()
    seat = (
        Seat.objects.filter(role="coordinator", body__level="regional")
        .select_related("person", "body__alliance")
        .order_by("pk")[0]
    )
    figures: Figures = {}
    if asked.only in {None, "pages"}:
        figures |= pages(seat)
    if asked.only in {None, "exports"}:
        figures |= exports(seat)
    if asked.only in {None, "server"}:
        figures |= serving.figures(seconds=3_600 if asked.hour else 20)
    if asked.only in {None, "forecast"}:
        figures |= forecasting.figures()
    sys.stdout.write(json.dumps(figures) + "\n")


def pages(seat: Seat) -> Figures:
    """Return, for each page, its time over the empty page's and its queries."""
    client = signed_in(seat)
    figures: Figures = {}
    # the mails of the morning, sent while a server was measured: the empty page is to be empty
    Message.objects.filter(person=seat.person_id).delete()
    gc.collect()
    gc.freeze()  # as the web server does (config.wsgi)
    for name, address in addresses(seat):
        for path in (EMPTY, address, address):
            get(client, path)
        with CaptureQueriesContext(connection) as asked:
            get(client, address)
        queries = len(asked)  # read at once: the next request forgets them
        rounds = [(timed(client, EMPTY), timed(client, address)) for _ in range(ROUNDS)]
        empty, page = (statistics.median(times) for times in zip(*rounds, strict=True))
        most, most_queries = DASHBOARD if any(word in address for word in BOARDS) else LIST
        tell(f"{address} {page * 1000:.1f} ms, {page / empty:.2f} x, {queries} requêtes")
        figures[f"{name}, temps"] = (page / empty, most, "x")
        figures[f"{name}, requêtes"] = (queries, most_queries, " ")
    return figures


def addresses(seat: Seat) -> Iterable[tuple[str, str]]:
    """Name the pages of one thing, then every list of the site: those added later come too."""
    alliance = seat.body.alliance_id
    lines = Intervention.objects.filter(process__body__alliance=alliance, audience="open")
    line = lines.latest("pk")
    mandate = line.resource.mandates.filter(process=line.process)[0]
    support = "/accompagnement"
    yield "Bureau", "/bureau/"
    yield "Accueil", "/"
    yield "Journal, une démarche", f"{support}/journal/?demarche={line.process_id}"
    yield "Journal, des mots", f"{support}/journal/?texte=rencontre"
    yield "Une ligne du journal", line.get_absolute_url()
    yield "Un mandat", mandate.get_absolute_url()
    yield "Une ressource", line.resource.get_absolute_url()
    yield "Couverture, démarche", f"{support}/couverture/{line.process_id}/"
    yield "Couverture, Alliance", f"{support}/couverture/alliance/{alliance}/"
    yield "Couverture, un jour passé", f"{support}/couverture/alliance/{alliance}/?date=2024-05-15"
    yield "Continuité", f"{support}/continuite/{line.process_id}/"
    yield "Une démarche", f"/demarches/{line.process_id}/"
    yield "Une Alliance", f"/concertations/{alliance}/"
    yield "Prévision", f"{support}/prevision/{line.process_id}/"
    yield "Équité", f"{support}/equite/{alliance}/"
    yield "Équité, instances", f"{support}/equite/{alliance}/instances/"
    yield "Équité, organismes", f"{support}/equite/{alliance}/organismes/"
    yield "Équilibre", f"{support}/equilibre/{alliance}/"
    yield "Équilibre, tout le plan", f"{support}/equilibre/{alliance}/?periode=plan"
    yield "Charge", f"{support}/charge/"
    yield "Tri des besoins", f"{support}/besoins/tri/{alliance}/"
    yield "Délais", f"{support}/besoins/tri/{alliance}/delais/"
    yield "Mes demandes", f"{support}/besoins/mes-demandes/"
    yield "Répertoire", f"{support}/repertoire/"
    yield "Exigences d’une Alliance", f"/demarches/alliances/{alliance}/exigences/"
    here = {"process__body__alliance": alliance}
    yield "Un besoin", Need.objects.filter(**here).latest("pk").get_absolute_url()
    yield "Une réponse au bailleur", Filing.objects.filter(**here).latest("pk").get_absolute_url()
    handed = HandOver.objects.filter(mandate__process__body__alliance=alliance)
    yield "Une passation", handed.latest("pk").get_absolute_url()
    freed = ReleaseAgreement.objects.filter(resource__alliance=alliance)
    yield "Une libération", freed.latest("pk").get_absolute_url()
    for path in lists(get_resolver()):
        yield f"Liste {path}", path


def lists(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from lists(found, f"{found.namespace}:" if found.namespace else space)
        elif space and found.name and found.name.endswith("_list"):
            try:
                path = reverse(space + found.name)
            except NoReverseMatch:
                continue  # a list inside something, which has its own page above
            if path != EMPTY:
                yield path


def exports(seat: Seat) -> Figures:
    """Return the memory that the page of the journal adds while a million rows leave it.

    The person coordinates every Alliance and all lines are open, until the measure is taken back.
    """
    everywhere = Body.objects.filter(level="regional", alliance__in=Alliance.objects.all())
    with transaction.atomic():
        Intervention.objects.exclude(audience="open").update(audience="open")
        seats = [Seat(person=seat.person, body=body, role="coordinator",
                      starts_on=seat.starts_on) for body in everywhere]  # fmt: skip
        Seat.objects.bulk_create(seats)
        client = signed_in(seat)
        address = "/accompagnement/journal/?format=csv"
        get(client, "/accompagnement/journal/")  # at rest, a worker has already read pages
        expected = min(ROWS, Intervention.objects.count())
        before, started, rows = memory_of(os.getpid()), time.perf_counter(), 0
        peak_of(os.getpid(), forget=True)
        answer = client.get(address)
        if not isinstance(answer, StreamingHttpResponse):
            raise SystemExit(f"{address} ne s’exporte pas en continu.")
        for chunk in answer.streaming_content:
            rows += chunk.count(b"\n")
        added = max(0.0, peak_of(os.getpid()) - before)
        tell(f"export : {rows} lignes en {time.perf_counter() - started:.0f} s")
        transaction.set_rollback(True)
    if rows < expected:
        raise SystemExit(f"L’export n’a que {rows} lignes sur {expected}.")
    return {"Export d’un million de lignes, mémoire": (added, 50, "Mo")}


def signed_in(seat: Seat) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(seat.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def get(client: Client, path: str) -> None:
    page = client.get(path)
    if page.status_code != 200:  # noqa: PLR2004 - a page that fails measures nothing
        raise SystemExit(f"{path} répond {page.status_code}")


def timed(client: Client, path: str) -> float:
    started = time.perf_counter()
    client.get(path)
    return time.perf_counter() - started


def tell(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


if __name__ == "__main__":
    main()
