"""Give somebody the keeping of the platform, or take it back: from the machine alone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from jonction.accounts.actions import end_stewardship, give_stewardship
from jonction.accounts.models import Person
from jonction.core.verdicts import Refused


class Command(BaseCommand):
    help = "Confie la plateforme à une personne qui a un compte (page /plateforme/), ou la reprend."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("courriel", help="le courriel de son compte")
        parser.add_argument("--fin", action="store_true", help="reprendre ce qui a été confié")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=options["courriel"]).first()
        if person is None:
            raise CommandError("Aucun compte n’a ce courriel.")
        act = end_stewardship if options["fin"] else give_stewardship
        try:
            act(person, actor=person, today=localdate())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("C’est fait.")
