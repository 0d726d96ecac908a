"""The people: those who sign in, and those who never will."""

from datetime import time
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from jonction.accounts.news import News, Pace
from jonction.core.clocks import Zone
from jonction.core.typography import colon


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str | None, password: str | None = None, **facts: Any) -> "Person":
        person = self.model(email=self.normalize_email(email) or None, **facts)
        person.set_password(password)  # None leaves it unusable: the code by e-mail is enough
        person.save()
        return person


class Person(AbstractBaseUser):
    """Anybody the work speaks of; an e-mail is needed only to sign in.

    One model for people with and without an account: seats, mandates and journals then point at
    one thing, and a person who gets an account keeps her history (docs/decisions/0002).
    """

    name = models.CharField(_("nom"), max_length=150)
    email = models.EmailField(_("courriel"), null=True, blank=True, unique=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    is_active = models.BooleanField(_("peut se connecter"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    quiet_from = models.TimeField(_("silence à partir de"), default=time(21))
    quiet_to = models.TimeField(_("jusqu’à"), default=time(7))
    # empty: that of the place that the news is about
    time_zone = models.CharField(
        _("heure légale"), max_length=40, choices=Zone, blank=True, default=""
    )
    # empty: that of the browser, else French
    language = models.CharField(
        _("langue"), max_length=2, choices=settings.LANGUAGES, blank=True, default=""
    )
    sessions_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=True) | ~Q(email=""), name="person_email_null_or_true"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email or ""

    def has_usable_password(self) -> bool:
        """Say no for a person created without one, too: Django takes an empty one for usable."""
        return bool(self.password) and super().has_usable_password()

    def get_session_auth_hash(self) -> str:
        """Tie sessions to an epoch too, so that they can all be ended without a list of them."""
        seal = f"{super().get_session_auth_hash()}:{self.sessions_epoch}"
        return salted_hmac("jonction.sessions", seal, algorithm="sha256").hexdigest()


class Consent(models.Model):
    """What somebody agreed to: for which purpose, in which words, how, and until when."""

    class Purpose(models.TextChoices):
        DIRECTORY = "directory", _("figurer au répertoire public")

    class Channel(models.TextChoices):
        WEB = "web", _("en ligne")
        PAPER = "paper", _("sur papier")
        ORAL = "oral", _("de vive voix")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("but"), max_length=20, choices=Purpose)
    text_version = models.CharField(_("version du texte"), max_length=20)
    channel = models.CharField(
        _("moyen"), max_length=5, choices=Channel, default=Channel.WEB, editable=False
    )
    # who wrote down what was said on paper or aloud; nobody when the person clicked herself
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("donné le"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_consent_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_purpose_display()}"


class NewsChoice(models.Model):
    """How somebody wants one kind of news; no row leaves the usual pace."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="news_choices")
    kind = models.CharField(max_length=10, choices=News)
    pace = models.CharField(max_length=6, choices=Pace)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_pace_per_kind_of_news")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{colon()}{self.get_pace_display()}"


class Item(models.Model):
    """A piece of news that waits for the digest of the morning, then what the digest said."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=News)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    key = models.CharField(max_length=200, unique=True)
    said_at = models.DateTimeField(auto_now_add=True)
    told_on = models.DateField(null=True)

    class Meta:
        ordering = ["said_at", "pk"]
        indexes = [
            models.Index(fields=["person"], condition=Q(told_on=None), name="items_that_wait")
        ]

    def __str__(self) -> str:
        return self.title


class Stewardship(models.Model):
    """The keeping of the platform, between dates: how it goes, in numbers, and no content."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="stewardships")
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on=None), name="one_stewardship_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
