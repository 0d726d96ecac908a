"""What the stories of the field journal stand on: a phone, its clock, its drawer, and who holds it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, keep_signed_in

FIELD = "/accompagnement/journal/terrain/"
NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("America/Toronto"))
# all that a browser keeps, but the address of the page now open, which htmx writes down
DRAWER = """async () => {
  const found = {caches: await caches.keys(), local: {...localStorage}, session: {...sessionStorage}};
  if (found.session["htmx-current-path-for-history"] === location.pathname + location.search) {
    delete found.session["htmx-current-path-for-history"];
  }
  found.workers = (await navigator.serviceWorker.getRegistrations()).length;
  found.rows = {};
  for (const {name} of await indexedDB.databases()) {
    const base = await new Promise(hold => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => hold(asked.result);
    });
    for (const store of base.objectStoreNames) {
      found.rows[store] = await new Promise(hold => {
        const asked = base.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => hold(asked.result);
      });
    }
    base.close();
  }
  found.kept = [];
  for (const name of found.caches) {
    for (const asked of await (await caches.open(name)).keys()) found.kept.push(asked.url);
  }
  found.bytes = JSON.stringify(found.rows, (_, value) => value instanceof ArrayBuffer
    ? new TextDecoder().decode(value) : value instanceof CryptoKey ? value.extractable : value);
  return found;
}"""
EMPTY = {"caches": [], "local": {}, "session": {}, "workers": 0, "rows": {}, "kept": []}


class Phone:
    """One browser context at 390 px: a person holds it, the network comes and goes."""

    def __init__(self, browser, live_server, **options):
        self.address = live_server.url
        width, height = PHONE
        self.context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="fr-CA",
            timezone_id="America/Toronto",
            has_touch=True,
            is_mobile=True,
            **options,
        )
        self.faults = []
        self.set_clock(NOON)

    def set_clock(self, moment):
        self.context.clock.set_fixed_time(moment)

    def held_by(self, person):
        """Let a person sign in: the session of whoever was there before is replaced."""
        keep_signed_in(self.context, person)
        return self

    def opened(self):
        """Open the field journal, and wait until it can do without network."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._heard)
        page.goto(FIELD)
        return page

    def _heard(self, said):
        # a road that is cut, and an answer that is not 200, are what these stories are about
        if said.type == "error" and "Failed to load resource" not in said.text:
            self.faults.append(said.text)

    def is_ready(self, page):
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return page

    def lose_network(self, is_lost=True):
        self.context.set_offline(is_lost)

    def drawer(self, page):
        return page.evaluate(DRAWER)

    def left(self, page):
        """Return what the browser keeps; an empty shelf that a page just opened holds nothing."""
        drawer = self.drawer(page)
        del drawer["bytes"]
        return {**drawer, "rows": {name: rows for name, rows in drawer["rows"].items() if rows}}

    def has_draft(self, page):
        """Say whether what is being typed ends up being kept, within half a minute."""
        for _ in range(1_500):
            if any(row.get("draft") for row in self.drawer(page)["rows"]["kept"]):
                return True
            page.wait_for_timeout(20)
        return False

    def notes_in(self, asked):
        """Return the numbers of the notes that a request sends."""
        if not asked.url.endswith("/terrain/envoi/"):
            return []
        return [note["uuid"] for note in asked.post_data_json["notes"]]

    def cookies(self):
        return {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}


def write(page, text, **fields):
    expect(page.locator("#terrain[aria-busy=true]")).to_have_count(0)
    page.get_by_label("Qu’avez-vous fait ?").fill(text)
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Noter", exact=True).tap()


def badges(page):
    return page.locator("#notes .badge")


def status(page):
    return page.locator("#field-status")


def written_offline(phone, text="appel Matanie 30 min"):
    page = phone.is_ready(phone.opened())
    phone.lose_network()
    write(page, text)
    expect(badges(page)).to_have_text(["en attente"])
    expect(status(page)).to_contain_text("Pas de réseau")  # its first way is over
    return page
