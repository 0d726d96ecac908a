"""What a shared computer shows with Back: nothing of who signed out, all that a person typed."""

import pytest
from playwright.sync_api import expect

from tests.factories import NeedFactory
from tests.journeys.conftest import ALONE, keep_signed_in
from tests.support.rounds import coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["whole pages kept", "kept in the cache"])
def page(request, browser, program, live_server):
    """Open a browser as people have it: it keeps whole pages, which Playwright forbids."""
    forbidden = ["--disable-back-forward-cache"] if request.param else []
    chromium = browser.browser_type.launch(
        executable_path=program, args=ALONE, ignore_default_args=forbidden
    )
    yield chromium.new_context(base_url=live_server.url, locale="fr-CA").new_page()
    chromium.close()


def test_back_shows_nothing_of_who_signed_out(page):
    need = NeedFactory()
    keep_signed_in(page.context, coordinator_of(need.process.body.alliance))
    page.goto(need.get_absolute_url())
    expect(page.get_by_role("main")).to_contain_text(need.process.name)
    page.get_by_role("button", name="Quitter").click()
    page.wait_for_url("**/")

    page.evaluate("history.back()")

    expect(page.get_by_role("main")).not_to_contain_text(need.process.name)
    expect(page.get_by_label("Votre courriel")).to_be_visible()


def test_back_keeps_what_was_typed_while_the_session_stands(page):
    need = NeedFactory(status="admissible")
    keep_signed_in(page.context, coordinator_of(need.process.body.alliance))
    page.goto("/compte/")
    page.locator("input[name=name]").fill("Ginette")
    page.goto("/accompagnement/besoins/")

    page.evaluate("history.back()")

    expect(page.locator("input[name=name]")).to_have_value("Ginette")
    expect(page.locator("html")).to_have_css("opacity", "1")
