"""Who says what a territory starts from (S5)."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.governance.models import Body
from jonction.governance.queries import standing_of
from jonction.support.models import Appraisal, StartingProfile


def can_open_profile(actor: Person, body: Body, today: date) -> Verdict:
    """S5: the body of a territory appraises it; its coordination holds the pen."""
    if body.territory_id is None:
        return no(_("Cette instance n’a pas de territoire : il n’y a pas de profil à dresser."))
    return _holds_the_pen(actor, body, today)


def can_appraise_factor(actor: Person, appraisal: Appraisal, today: date) -> Verdict:
    """S5: what was adopted is not written again; a new profile takes its place."""
    return _drafts(actor, appraisal.profile, today)


def can_adopt_profile(
    actor: Person, profile: StartingProfile, today: date, *, signed_on: date | None = None
) -> Verdict:
    """S5: a profile is signed by the body, on a date, with at least one value agreed."""
    drafts = _drafts(actor, profile, today)
    if not drafts:
        return drafts
    if not any(appraisal.value for appraisal in profile.appraisals.all()):
        return no(_("Aucun facteur n’a encore de valeur convenue."))
    if signed_on is not None and signed_on > today:
        return no(_("La signature ne peut pas être dans l’avenir."))
    last = StartingProfile.objects.filter(
        territory=profile.territory_id, status=StartingProfile.Status.ADOPTED
    ).first()
    if signed_on is not None and last and last.signed_on and signed_on < last.signed_on:
        return no(_("Le profil en vigueur est plus récent que cette date."))
    return YES


def can_abandon_profile(actor: Person, profile: StartingProfile, today: date) -> Verdict:
    """S5: a draft commits nobody."""
    return _drafts(actor, profile, today)


def _drafts(actor: Person, profile: StartingProfile, today: date) -> Verdict:
    if profile.status != StartingProfile.Status.DRAFT:
        return no(_("Ce profil est signé ou abandonné : il ne change plus. Ouvrez-en un nouveau."))
    return _holds_the_pen(actor, profile.body, today)


def _holds_the_pen(actor: Person, body: Body, today: date) -> Verdict:
    if body.pk in standing_of(actor, today).coordinated_bodies:
        return YES
    return no(_("Le profil de départ est tenu par la coordination de l’instance du territoire."))
