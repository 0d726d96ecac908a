"""Write a data set to measure on, in an empty database."""

from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from jonction.demo.province import SCALES, populate
from jonction.governance.models import Alliance
from jonction.territories.actions import load_places


class Command(BaseCommand):
    help = "Écrit des données inventées, pour mesurer, dans une base sans Alliance."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", choices=list(SCALES), default="province")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--search", action="store_true", help="indexe aussi pour la recherche")

    def handle(self, *args: Any, **options: Any) -> None:
        load_places()
        if Alliance.objects.exists():
            raise CommandError("Cette base a déjà une Alliance : choisissez une base vide.")
        scale = SCALES[options["scale"]]
        populate(scale, seed=options["seed"], today=localdate(), tell=self.stdout.write)
        if options["search"]:
            call_command("reindex", stdout=StringIO())
        self.stdout.write("Les données de mesure sont prêtes.")
