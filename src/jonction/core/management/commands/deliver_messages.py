"""Send the mails that wait, for those who have no worker or whose worker was down."""

from typing import Any

from django.core.management.base import BaseCommand

from jonction.core.delivery import deliver_messages
from jonction.core.models import Message


class Command(BaseCommand):
    help = "Envoie les courriels en attente."

    def handle(self, *args: Any, **options: Any) -> None:
        deliver_messages()
        left = Message.objects.filter(status=Message.Status.QUEUED).count()
        self.stdout.write(f"Les courriels dus sont partis (encore en attente : {left}).")
