"""What the screen says of mails where no server of mail is set."""

import pytest

from jonction.core import delivery
from jonction.core.outbox import post_letter
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("is_secret", "body"), [(True, "    Votre code : 123456\n"), (False, "")])
def test_a_mail_takes_one_line_of_the_screen_unless_it_says_a_code(
    settings, capsys, is_secret, body
):
    settings.EMAIL_BACKEND = "jonction.core.console.EmailBackend"
    letter = {"subject": "Votre demande", "body": "Votre code : 123456\n", "is_secret": is_secret}
    post_letter(PersonFactory(), "jean@exemple.org", "", **letter)

    delivery.deliver_messages()

    assert capsys.readouterr().out == f"Courriel à jean@exemple.org : Votre demande\n{body}"
