"""Who writes the mails, as the settings say it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from jonction.config.environment import sender

SITE = "https://jonction.exemple.org/"


@pytest.mark.parametrize(
    ("url", "site", "said"),
    [
        ("console:", SITE, "Jonction <jonction@jonction.exemple.org>"),
        ("console:", "http://127.0.0.1:8000/", "Jonction <jonction@localhost>"),
        ("console:", "http://[::1]:8000/", "Jonction <jonction@localhost>"),
        ("smtp://m/?from=nous@exemple.org", SITE, "Jonction <nous@exemple.org>"),
        ("smtp://m/?from=Alliance%20%3Cnous%40exemple.org%3E", SITE, "Alliance <nous@exemple.org>"),
    ],
)
def test_mails_come_from_the_site_or_from_whom_the_settings_say(url, site, said):
    assert sender(url, site) == said


@pytest.mark.parametrize("wrong", ["personne", "a@b@c", "a b@c.ca"])
def test_an_address_that_is_none_stops_the_start_with_a_sentence(wrong):
    with pytest.raises(ImproperlyConfigured, match="dit après « from= »"):
        sender(f"smtp://machine/?from={wrong}", SITE)
