"""What accounts know of a person: who she is, how she signs in, what she agreed to."""

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from jonction.accounts.demo_roles import DEMO_DOMAIN
from jonction.accounts.models import Consent, Item, NewsChoice, Person, Stewardship
from jonction.core.disclosure import Part


def personal_data(person: Person) -> list[Part]:
    return [
        Part(
            "personne",
            _("votre fiche"),
            Person.objects.filter(pk=person.pk),
            {
                "nom": "name",
                "courriel": "email",
                "téléphone": "phone",
                "inscrite le": "joined_at",
                "dernière connexion": "last_login",
                "silence à partir de": "quiet_from",
                "jusqu’à": "quiet_to",
                "heure légale": "time_zone",
                "langue": "language",
            },
        ),
        Part(
            "adresses",
            _("vos adresses de connexion"),
            EmailAddress.objects.filter(user=person),
            {"courriel": "email", "confirmée": "verified", "principale": "primary"},
        ),
        Part(
            "moyens",
            _("vos autres moyens de connexion, sans leurs secrets"),
            Authenticator.objects.filter(user=person),
            {"type": "type", "en place depuis": "created_at", "dernier usage": "last_used_at"},
        ),
        Part(
            "accords",
            _("vos accords"),
            Consent.objects.filter(person=person),
            {
                "but": "purpose",
                "version du texte": "text_version",
                "moyen": "channel",
                "donné le": "given_at",
                "retiré le": "withdrawn_at",
            },
        ),
        Part(
            "nouvelles",
            _("vos choix de nouvelles"),
            NewsChoice.objects.filter(person=person),
            {"nouvelle": "kind", "rythme": "pace"},
        ),
        Part(
            "nouvelles-du-matin",
            _("les nouvelles gardées pour le matin"),
            Item.objects.filter(person=person),
            {"titre": "title", "dite le": "said_at", "envoyée le": "told_on"},
        ),
        Part(
            "plateforme",
            _("les périodes où vous avez tenu la plateforme"),
            Stewardship.objects.filter(person=person),
            {"du": "starts_on", "au": "ends_on"},
        ),
    ]


def obstacles(person: Person, on: date) -> list[str]:  # noqa: ARG001 - the same on any day
    if settings.JONCTION_DEMO and (person.email or "").endswith(f"@{DEMO_DOMAIN}"):
        return [_("Un compte de démonstration ne s’efface pas : d’autres s’en servent.")]
    return []


def stays(person: Person) -> list[str]:  # noqa: ARG001 - the same for everybody
    return [_("La date et la version de vos accords, retirés, sans votre nom.")]


def forget(person: Person, on: date) -> None:
    """Leave a number in the place of a name; nobody signs in with it any more."""
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    person.news_choices.all().delete()
    person.items.all().delete()
    person.stewardships.filter(ends_on=None).update(ends_on=on)
    person.consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    person.name = _("Personne n° %(number)s") % {"number": person.pk}
    person.email, person.phone, person.is_active = None, "", False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    Person.objects.filter(pk=person.pk).update(sessions_epoch=F("sessions_epoch") + 1)
