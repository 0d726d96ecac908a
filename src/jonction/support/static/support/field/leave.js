/** Leaving: what waits is sent, or erased knowingly; then nothing of the journal stays here. */

import { word } from "./cards.js";
import { send } from "./network.js";
import * as notes from "./notes.js";
import { emptied } from "./store.js";

const place = document.querySelector("#depart");
const given = document.querySelector("#kept");
const part = (name) => place.querySelector(`[data-part=${name}]`);

if (given) ask(JSON.parse(given.textContent));
else clean();

async function ask(person) {
  const { writer } = person;
  const known = await notes.recall();
  const { mine, others } = await notes.tally(writer);
  const me = known?.writer !== writer && mine ? await notes.remember(person) : known;
  part("others").hidden = !others;
  part("unsent").hidden = !mine;
  part("nothing").hidden = mine > 0;
  // somebody else's notes are not ours to erase
  for (const input of place.querySelectorAll("[name=appareil]")) {
    input.value = others ? "garder" : "vider";
  }
  if (me?.writer === writer) await list(me);
  for (const form of place.querySelectorAll("form")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.dataset.then === "send" && !(await allSent(me))) return;
      await notes.forget(writer);
      form.submit();
    });
  }
}

async function list(me) {
  const unsent = (await notes.notesOf(me)).filter((note) => note.state !== "sent");
  const items = unsent.map((note) => {
    const item = document.createElement("li");
    item.textContent = note.facts?.text ?? word("closed");
    return item;
  });
  part("notes").replaceChildren(...items);
}

async function allSent(me) {
  const outcome = me ? await send(me, place.dataset.send) : "";
  const { mine } = await notes.tally(me?.writer);
  if (!mine) return true;
  part("status").hidden = false;
  part("status").textContent = word(outcome || "asked");
  if (me) await list(me);
  return false;
}

/** Erase by our own hand too: not every browser obeys the header of the sign-out. */
async function clean() {
  const isKept = new URLSearchParams(location.search).has("garder");
  const { others: waiting } = await notes.tally("");
  if (isKept) {
    const me = await notes.recall();
    if (me) await notes.forget(me.writer);
    await notes.mark();
  } else if (waiting) {
    // nobody signed out here: a session ended, and its notes still wait for their person
    part("waiting").hidden = false;
    part("erase").addEventListener("click", erased);
    return;
  } else {
    await emptied();
  }
  await closed(isKept ? "others-kept" : "emptied");
}

async function erased() {
  await emptied();
  notes.told(0);
  part("waiting").hidden = true;
  await closed("emptied");
}

async function closed(said) {
  for (const name of await caches.keys()) {
    if (name.startsWith("terrain-")) await caches.delete(name);
  }
  for (const agent of await navigator.serviceWorker.getRegistrations()) await agent.unregister();
  notes.tell("left");
  part("status").hidden = false;
  part("status").textContent = word(said);
}
