"""What accounts shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise

from jonction.accounts.consents import TEXTS
from jonction.accounts.demo_roles import DEMO_ROLES, demo_email
from jonction.accounts.models import Consent, Person
from jonction.accounts.news import USUAL
from jonction.core.memory import remembered


@dataclass(frozen=True, slots=True)
class ConsentState:
    """One purpose as its person finds it: its words, and since when she agrees, if she does."""

    purpose: Consent.Purpose
    words: str | Promise
    current: Consent | None
    past: list[Consent]


def demonstration_person(role: str) -> Person | None:
    """Return the demonstration account of this role, or None when there is none."""
    if role not in DEMO_ROLES:
        return None
    return Person.objects.filter(email=demo_email(role), is_active=True).first()


def current_consent(person: Person, purpose: str) -> Consent | None:
    """Return the consent in force, in the words of today; older words must be agreed to again."""
    return remembered(("consent", person.pk, purpose), lambda: _current(person, purpose))


def _current(person: Person, purpose: str) -> Consent | None:
    version = TEXTS[Consent.Purpose(purpose)].version
    agreed = person.consents.filter(purpose=purpose, text_version=version, withdrawn_at=None)
    return agreed.first()


def paces_of(person: Person) -> dict[str, str]:
    """Return how `person` wants each kind of news: what she chose, else what is usual."""
    usual = {kind.value: pace.value for kind, pace in USUAL.items()}
    return usual | dict(person.news_choices.values_list("kind", "pace"))


def consent_states(person: Person) -> list[ConsentState]:
    """Return each purpose with the consent in force and those that are over, newest first."""
    known = list(person.consents.select_related("noted_by"))
    states = []
    for purpose, text in TEXTS.items():
        given = [consent for consent in known if consent.purpose == purpose]
        current = next(
            (c for c in given if not c.withdrawn_at and c.text_version == text.version), None
        )
        past = [consent for consent in given if consent != current]
        states.append(ConsentState(purpose, text.words, current, past))
    return states


def addressee(email: str) -> Person | None:
    """Return who signs in with this address, in whatever case it was typed."""
    own = Q(email__iexact=email)
    added = Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    return Person.objects.filter(own | added).distinct().first()


def keeps_platform(person: Person, on: date) -> bool:
    """Say whether `person` keeps the platform that day."""
    held = person.stewardships.filter(starts_on__lte=on).exclude(ends_on__lte=on)
    return bool(held.exists())
