"""Give somebody the keeping of the platform, or take it back: from the machine alone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils.timezone import localdate

from jonction.accounts.actions import end_stewardship, give_stewardship
from jonction.accounts.models import Person
from jonction.accounts.queries import addressee
from jonction.core.verdicts import Refused


class Command(BaseCommand):
    help = (
        "Confie la plateforme à une personne (page /plateforme/ : comment elle va, ouvrir une "
        "Alliance), ou la reprend. Avec --nom, le compte est créé s’il n’y en a pas."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("courriel", help="le courriel de son compte")
        parser.add_argument("--nom", help="son nom, si elle n’a pas de compte")
        parser.add_argument("--fin", action="store_true", help="reprendre ce qui a été confié")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["courriel"]
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"« {email} » n’est pas un courriel.") from error
        with transaction.atomic():
            person = addressee(email) or self._made(email, options)
            act = end_stewardship if options["fin"] else give_stewardship
            try:
                act(person, actor=person, today=localdate())
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
        told = "" if options["fin"] else " Sa page, une fois connectée : /plateforme/"
        self.stdout.write(f"C’est fait.{told}")

    def _made(self, email: str, options: dict[str, Any]) -> Person:
        if options["fin"]:
            raise CommandError("Aucun compte n’a ce courriel.")
        if not options["nom"]:
            raise CommandError(
                'Aucun compte n’a ce courriel : pour le créer, ajoutez --nom "Prénom Nom".'
            )
        return Person.objects.create_user(email, name=options["nom"])
