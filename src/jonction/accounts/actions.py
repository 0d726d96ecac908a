"""Everything that a person changes in her account, besides how she signs in."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jonction.accounts import own_data, rules
from jonction.accounts.consents import TEXTS
from jonction.accounts.models import Consent, NewsChoice, Person, Stewardship
from jonction.core.models import Trace
from jonction.core.verdicts import require


@transaction.atomic
def edit_person(person: Person, *, actor: Person, name: str, phone: str) -> Person:
    require(rules.can_edit_person(actor, person))
    person.name, person.phone = name, phone
    person.save(update_fields=["name", "phone"])
    Trace.leave(actor, "accounts.person.edited", person)
    return person


@transaction.atomic
def end_sessions(person: Person, *, actor: Person) -> Person:
    """End every session of this person, on every device."""
    require(rules.can_end_sessions(actor, person))
    Person.objects.filter(pk=person.pk).update(sessions_epoch=F("sessions_epoch") + 1)
    person.refresh_from_db(fields=["sessions_epoch"])
    Trace.leave(actor, "accounts.person.sessions_ended", person)
    return person


@transaction.atomic
def give_stewardship(person: Person, *, actor: Person, today: date) -> Stewardship:
    """Let her see how the platform goes; asked from the machine (`manage steward`)."""
    require(rules.can_give_stewardship(actor, person, today))
    given = Stewardship.objects.create(person=person, starts_on=today)
    Trace.leave(actor, "accounts.stewardship.given", given)
    return given


@transaction.atomic
def end_stewardship(person: Person, *, actor: Person, today: date) -> Person:
    require(rules.can_end_stewardship(actor, person, today))
    person.stewardships.filter(ends_on=None).update(ends_on=today)
    Trace.leave(actor, "accounts.stewardship.ended", person)
    return person


@transaction.atomic
def choose_news(
    person: Person,
    *,
    actor: Person,
    paces: Mapping[str, str],
    quiet_from: time,
    quiet_to: time,
    time_zone: str,
) -> Person:
    """Write the pace of each kind of news, and the hours when no mail may come."""
    require(rules.can_choose_news(actor, person))
    person.quiet_from, person.quiet_to, person.time_zone = quiet_from, quiet_to, time_zone
    person.save(update_fields=["quiet_from", "quiet_to", "time_zone"])
    for kind, pace in paces.items():
        NewsChoice.objects.update_or_create(person=person, kind=kind, defaults={"pace": pace})
    Trace.leave(actor, "accounts.person.chose_news", person, **paces)
    return person


@transaction.atomic
def choose_language(person: Person, *, actor: Person, language: str) -> Person:
    """Write in which language the site and its mails speak to her."""
    require(rules.can_choose_language(actor, person))
    person.language = language
    person.save(update_fields=["language"])
    Trace.leave(actor, "accounts.person.chose_language", person, language=language)
    return person


@transaction.atomic
def disclose_person(person: Person, *, actor: Person, today: date) -> Iterator[bytes]:
    """Give all that is known of the person, as an archive that streams."""
    require(rules.can_disclose_person(actor, person, today))
    Trace.leave(actor, "accounts.person.disclosed", person)
    return own_data.stream_archive(person)


@transaction.atomic
def forget_person(person: Person, *, actor: Person, today: date, channel: str = "") -> None:
    """Make go all that may go; what others lean on stays, without the name (decision 0004).

    `channel` is how she asked, when she has no account and somebody does it for her.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    require(rules.can_forget_person(actor, person, today))
    said = {"channel": channel} if channel else {}
    Trace.leave(actor, "accounts.person.forgotten", person, **said)
    own_data.forget_everywhere(person, today)


@transaction.atomic
def give_consent(person: Person, *, actor: Person, purpose: str) -> Consent:
    """Agree to the words of today; what was agreed to in older words ends."""
    Person.objects.select_for_update().get(pk=person.pk)  # two clicks are one consent
    require(rules.can_give_consent(actor, person, purpose))
    return _write_consent(person, actor, purpose)


@transaction.atomic
def withdraw_consent(person: Person, *, actor: Person, purpose: str) -> None:
    require(rules.can_withdraw_consent(actor, person, purpose))
    _end_consents(person, actor, purpose)


@transaction.atomic
def note_consent(
    person: Person, *, actor: Person, purpose: str, channel: str, given_at: datetime
) -> Consent:
    """Write down what the person agreed to on paper or aloud."""
    Person.objects.select_for_update().get(pk=person.pk)
    require(rules.can_note_consent(actor, person, purpose, channel=channel))
    facts = {"channel": channel, "given_at": given_at, "noted_by": actor}
    return _write_consent(person, actor, purpose, **facts)


@transaction.atomic
def note_withdrawal(person: Person, *, actor: Person, purpose: str) -> None:
    """Write down that the person takes her agreement back, however she said it."""
    require(rules.can_note_withdrawal(actor, person, purpose))
    _end_consents(person, actor, purpose)


def _write_consent(person: Person, actor: Person, purpose: str, **facts: Any) -> Consent:
    person.consents.filter(purpose=purpose, withdrawn_at=None).update(withdrawn_at=timezone.now())
    version = TEXTS[Consent.Purpose(purpose)].version
    consent = Consent.objects.create(person=person, purpose=purpose, text_version=version, **facts)
    said = {"purpose": purpose, "version": version, "channel": consent.channel}
    Trace.leave(actor, "accounts.consent.given", consent, **said)
    return consent


def _end_consents(person: Person, actor: Person, purpose: str) -> None:
    for consent in person.consents.filter(purpose=purpose, withdrawn_at=None):
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])
        Trace.leave(actor, "accounts.consent.withdrawn", consent, purpose=purpose)
