"""Count the journal again, cell by cell and year by year; it may run while people work."""

from typing import Any

from django.core.management.base import BaseCommand

from jonction.support.tallies import recount_all


class Command(BaseCommand):
    help = "Refait les cumuls du journal que lit la couverture, sans arrêter la plateforme."

    def handle(self, *args: Any, **options: Any) -> None:
        for done in recount_all():
            if done % 100 == 0:
                self.stdout.write(f"  {done} journaux…")
        self.stdout.write("Les cumuls du journal sont refaits.")
