"""What answers a phone that sends the same note again."""

from django.conf import settings
from django.db import models

from jonction.support.models.journal import Intervention


class FieldReceipt(models.Model):
    """One note written without network, and the line that it became.

    Written in the transaction of the line: a retry finds it and gets the same answer, even when
    the network died after the write. It outlives its line, so that what was taken back stays so.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uuid = models.UUIDField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    line = models.ForeignKey(Intervention, models.SET_NULL, null=True, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "uuid"], name="one_receipt_per_note")
        ]

    def __str__(self) -> str:
        return str(self.uuid)
