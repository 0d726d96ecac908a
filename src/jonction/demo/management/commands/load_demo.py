"""Load the demonstration Alliance in a new database."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from jonction.demo.alliance import load


class Command(BaseCommand):
    help = "Charge l’Alliance de démonstration (Bas-Saint-Laurent, personnes inventées)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(load(today=localdate()))
        call_command("reindex", stdout=StringIO())
