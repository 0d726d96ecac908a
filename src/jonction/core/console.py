"""Mails where no server of mail is set: told on the screen of whoever runs the platform."""

from textwrap import indent

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as Console


class EmailBackend(Console):
    """Tell each mail in one line: the person reads it in her account, under « Courriels ».

    A mail that says a code or a link that opens is forgotten there: it is told whole.
    """

    def write_message(self, message: EmailMessage) -> None:
        people = ", ".join(message.recipients())
        self.stream.write(f"Courriel à {people} : {message.subject}\n")
        if getattr(message, "is_secret", True):
            self.stream.write(indent(str(message.body), "    "))
