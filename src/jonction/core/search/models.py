"""What search remembers of each thing: what is shown, and the words that find it."""

from django.db import models


class SearchEntry(models.Model):
    """One thing that may be found; whether somebody may see it is asked to its area, each time.

    The database keeps beside it an index of its words (core/migrations/0002): an FTS5 table kept
    by triggers on SQLite, a generated tsvector on PostgreSQL. A later migration that makes SQLite
    rebuild this table must create its triggers again.
    """

    kind = models.CharField(max_length=100)  # the model, as in « support.intervention »
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    dated = models.DateField(null=True)
    title_words = models.TextField(blank=True)
    text_words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            # the id comes first: no plan may walk a whole kind instead of the words asked
            models.UniqueConstraint(fields=["object_id", "kind"], name="one_entry_per_thing")
        ]

    def __str__(self) -> str:
        return self.title
