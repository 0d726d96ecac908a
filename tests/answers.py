"""How a table of rights is written, and the walk that compares it with the house.

A table gives a line to each address:

    "demarches/<int:pk>/jalons/nouveau/": form("409", "body alliance", {"name": "Forum"})
    "demarches/": reads(everyone("200"))

An answer is a status, `sign-in` (sent to the sign-in page), `done` (sent on, once it is done) or
`file` (what a POST gives to keep, and leaves a trace of).
`members` says the answer of those who signed in, then who finds another one: "409", "done body".
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

ROLES = [
    "visitor",
    "person",  # signs in, and nothing more
    "promoter",  # writes for an organisation
    "writer",  # supports: a mandate runs in the process
    "member",  # sits in the body
    "body",  # coordinates the body
    "alliance",  # coordinates the Alliance
    "reviewer",
    "finance",
    "elected",
    "observer",
    "researcher",
    "admin",  # of the platform: no seat, no content
]
# whoever looks from outside reads no name, and no text of the journal or of a need
OUTSIDE = {"visitor", "person", "promoter", "observer", "researcher", "admin"}
RESERVED = ["Ginette Lavoie", "Une rencontre délicate", "Quelqu’un pour préparer l’appel"]
WRITES = ("INSERT", "UPDATE", "DELETE")

Answers = dict[str, str]
Body = Callable[[Any], dict[str, Any]] | dict[str, Any]


@dataclass(frozen=True)
class Line:
    """What an address answers to each role, for a GET and for a POST with that body."""

    get: Answers
    post: Answers
    body: Body
    is_list: bool = False  # its rows also leave as a file, for the same people


def everyone(answer: str, *others: str) -> Answers:
    """Read « 409 » for all, then exceptions: « done body alliance »."""
    answers = dict.fromkeys(ROLES, answer)
    for other in others:
        said, *roles = other.split()
        if unknown := set(roles) - set(ROLES):
            raise ValueError(f"no such role: {unknown}")
        answers |= dict.fromkeys(roles, said)
    return answers


def members(answer: str, *others: str) -> Answers:
    """Read the answer to those who signed in; a visitor is sent to sign in."""
    return everyone(answer, "sign-in visitor", *others)


def reads(answers: Answers, *, is_list: bool = False) -> Line:
    """A page that only shows: it answers a POST as it answers a GET."""
    return Line(answers, answers, {}, is_list)


def writes(get: Answers, post: Answers, body: Body) -> Line:
    return Line(get, post, body)


def form(refusal: str, roles: str, body: Body) -> Line:
    """A form shown to those who may write, and refused alike to others."""
    return Line(members(refusal, f"200 {roles}"), members(refusal, f"done {roles}"), body)


def posts(post: Answers, body: Body | None = None) -> Line:
    """An address without a page of its own."""
    return Line(members("405"), post, body or {})


def addresses(urlconf: str | None = None) -> set[str]:
    """Return every address of ours, as it is declared."""
    return set(_walked(get_resolver(urlconf).url_patterns))


def _walked(patterns, prefix=""):
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if getattr(pattern.urlconf_name, "__name__", "").startswith("allauth."):
                continue  # tests/accounts/test_sign_in.py walks them
            yield from _walked(pattern.url_patterns, here)
        else:
            yield here


class Visits:
    """The people of a world, each in a browser of their own; what a visit writes is taken back."""

    def __init__(self, people: dict[str, Any]) -> None:
        self.client = Client()
        self.cookies = {role: self._signed_in(person) for role, person in people.items()}

    def _signed_in(self, person) -> str:
        self.client.cookies.clear()
        if person:
            self.client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return self.client.cookies.output(attrs=[], header="", sep=";")

    def __call__(self, role: str, method: str, path: str, body: dict[str, Any] | None = None):
        """Return the response, read to its end, and what it wrote."""
        self.client.cookies = SimpleCookie(self.cookies[role])
        written = []

        def noting(execute, sql, params, many, context):
            if sql.startswith(WRITES) and "django_session" not in sql:
                written.append(sql)
            return execute(sql, params, many, context)

        with taken_back(), connection.execute_wrapper(noting):
            page = getattr(self.client, method)(path, body or {})
            page.whole = page.getvalue()  # what streams is written while it is read
        return page, written


def outcome(page) -> str:
    """Return what the page answered, in the words of a table."""
    if page.status_code != 302:
        return str(page.status_code)
    return "sign-in" if page.url.startswith(reverse(settings.LOGIN_URL)) else "done"


def _is_file(page) -> bool:
    return page.headers.get("Content-Disposition", "").startswith("attachment")


def filled(address: str, values: dict[str, Any]) -> str:
    for name, value in values.items():
        address = address.replace(name, str(value))
    return f"/{address}"


def differences(address: str, line: Line, area: Any, world: Any, visits: Visits) -> list[str]:
    """Return one sentence for each answer that is not what the table says."""
    found = []
    with taken_back():
        path = filled(address, area.found(address, world))
        for role in ROLES:
            body = line.body(world) if callable(line.body) else line.body
            read = visits(role, "get", path)
            sent = visits(role, "post", path, body) if _looked(read[0]) else read
            found += _of_a_visit("get", path, role, line, read)
            found += _of_a_visit("post", path, role, line, sent)
            if line.is_list:
                address = f"{path}?format=csv"
                found += _of_a_visit("get", address, role, line, visits(role, "get", address))
    return found


def _looked(page) -> bool:
    """Say whether what answered looked at how it was asked: else it answers a POST the same."""
    return page.wsgi_request.looked


def _of_a_visit(method, path, role, line, visit) -> list[str]:
    page, written = visit
    expected, seen = (line.post if method == "post" else line.get)[role], outcome(page)
    if expected == "file" and seen == "200" and _is_file(page):
        seen = expected
    found = []
    if seen != expected:
        found.append(f"{seen}, the table says {expected}")
    elif written and not (method == "post" and seen in ("done", "file")):
        found.append(f"{seen}, yet it wrote: {written[0][:90]}")
    if role in OUTSIDE:
        text = page.whole.decode(errors="replace")
        found += [f"it reads « {word} »" for word in RESERVED if word in text]
    if not line.is_list and _offers_a_file(page):
        found.append("rows leave as a file, the table does not say so")
    return [f"{method.upper()} {path} ({role}): {sentence}" for sentence in found]


def _offers_a_file(page) -> bool:
    listing = page.context.get("listing") if page.context else None
    return bool(listing and listing.formats)


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
