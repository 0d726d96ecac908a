"""A true browser on the true pages: each page that a story visits is looked at by axe too."""

import json
import os
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from tools.packages import browser as browser_of_this_machine

AXE = (Path(__file__).parents[1] / "vendor/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = (1280, 800), (390, 844)
# a new window would keep a process busy with suggestions for an address bar that nobody sees;
# this list takes the place of the one of Playwright, said again after it
UNSEEN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"]
OF_PLAYWRIGHT = [
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
]
# contrast is half of the time of axe; the colours of the day are the same on a phone
LOOK = """({rules, narrow}) => {
  const seen = innerWidth <= narrow && !matchMedia("(prefers-color-scheme: dark)").matches;
  const options = {runOnly: rules, rules: {"color-contrast": {enabled: !seen}}, resultTypes: ["violations"]};
  return axe.run(document, options).then(
    ({violations}) => violations.map((v) => [v.id, v.nodes.map((n) => n.html).slice(0, 3)]));
}"""
ALONE = ["--no-sandbox", f"--disable-features={','.join([*UNSEEN, *OF_PLAYWRIGHT])}"]
# two stories share two cores, sometimes with others: what comes late has come all the same
expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def _a_day_that_does_not_move():
    """Start every story on the day of the factories, and let the clock run: pages wait on it."""
    noon = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("America/Toronto"))
    with time_machine.travel(noon, tick=True):
        yield


@pytest.fixture(autouse=True)
def _codes_of_others_are_not_counted():
    """Forget how many codes were asked: every story begins at the same noon, from one address."""
    cache.clear()


@pytest.fixture(scope="session")
def program():
    found = os.environ.get("JONCTION_BROWSER") or browser_of_this_machine()
    assert found, "Les parcours ont besoin de Chromium : ./jonction test le trouve ou l’installe."
    return found


@pytest.fixture(scope="session")
def browser(program):
    # Playwright keeps an event loop in this thread, where the tests also read their rows
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ALONE)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser, live_server):
    """Open a browser of a given size on our pages; no page may ask anything of anybody else."""
    contexts, strangers, faults = [], [], []

    def opened(size=DESK, **options):
        width, height = size
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="fr-CA",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda asked: strangers.append(asked.url))
        page.on("console", lambda said: faults.append(said.text) if is_fault(said) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in strangers if not url.startswith(live_server.url)] == []
    assert faults == []


def is_fault(said):
    """A form to be corrected is answered by 422, which the console tells as an error: it is none."""
    return said.type == "error" and "status of 422" not in said.text


@pytest.fixture(params=[DESK, PHONE], ids=["1280", "390"])
def page(request, open_page):
    return open_page(request.param)


def keep_signed_in(context, person):
    """Give a browser the session of a person who signed in before: most stories begin after that.

    What signing in is like, and how its pages look, is told once for each sort of screen.
    """
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies(
        [{"name": session.key, "value": session.value, "domain": "localhost", "path": "/"}]
    )


def sign_in(page, email):
    """Sign in as a person does: ask for a code, read it in the mail, type it."""
    page.goto("/compte/login/")
    accessible(page)
    page.get_by_label("Votre courriel").fill(email)
    page.get_by_role("button", name="Recevoir un code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Entrer le code")
    accessible(page)
    [message] = [m for m in mail.outbox if m.to == [email]][-1:]
    page.get_by_role("main").get_by_role("textbox").fill(code_in(message.body))
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")


def code_in(text):
    """Return the code, alone on its line as people find it in the mail."""
    return re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?)\s*$", text, re.MULTILINE)[1]


def accessible(page):
    """Look at the page with axe, and for a page wider than its screen, once it has its styles."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate(LOOK, {"rules": RULES, "narrow": PHONE[0]})
    assert found == [], f"{page.url}\n{json.dumps(found, indent=1, ensure_ascii=False)}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
