"""Write the index of search again; it may run while people work."""

from typing import Any

from django.core.management.base import BaseCommand

from jonction.core.search.indexing import reindex

STEP = 100_000


class Command(BaseCommand):
    help = "Refait l’index de la recherche, sans arrêter la plateforme."

    def handle(self, *args: Any, **options: Any) -> None:
        counts: dict[str, int] = {}
        for source, done in reindex():
            counts[str(source.kind)] = done
            if done % STEP == 0:
                self.stdout.write(f"  {source.kind} : {done}…")
        for kind, count in counts.items():
            self.stdout.write(f"{kind} : {count}")
        self.stdout.write("L’index de la recherche est à jour.")
