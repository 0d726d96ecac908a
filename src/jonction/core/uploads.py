"""What is received of a file that somebody sends: never more than we could take."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

MOST_KEPT = 21 * 1024 * 1024  # a little above what any form accepts


class Sparing(TemporaryFileUploadHandler):
    """Keep the beginning of a file too heavy, and its true size: its form then says why it is refused.

    Cutting the connection would answer the person with a failure of the network instead of a
    sentence; keeping everything would fill the disk.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        if start + len(raw_data) <= MOST_KEPT:
            super().receive_data_chunk(raw_data, start)
