"""Say whether the trail of who did what is whole."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from jonction.core.models import Trace, broken_trace


class Command(BaseCommand):
    help = "Vérifie que l’historique n’a pas été modifié; sort en erreur s’il l’a été."

    def handle(self, *args: Any, **options: Any) -> None:
        position = broken_trace()
        if position is not None:
            self.stderr.write(
                f"L’historique a été modifié : la ligne {position} n’est plus celle qui a été écrite."
            )
            sys.exit(1)
        sealed = Trace.objects.filter(position__isnull=False).count()
        self.stdout.write(f"L’historique est intact (lignes vérifiées : {sealed}).")
