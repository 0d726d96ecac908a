"""The people: those who sign in, and those who never will."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
