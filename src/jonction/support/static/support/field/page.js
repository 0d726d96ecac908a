/** The page of the field journal: write, keep, send, and answer what the journal asks. */

import { drawn, word } from "./cards.js";
import { send } from "./network.js";
import * as notes from "./notes.js";

const place = document.querySelector("#terrain");
const form = place.querySelector("#field-form");
const list = place.querySelector("#notes");
const status = place.querySelector("#field-status");
const given = document.querySelector("#kept");
const texts = new Map();
const PAUSE = 400; // milliseconds without a key before what is typed is kept
let me, corrected, typing, isPlain;
let drawing = Promise.resolve();
let writing = start().catch(plain); // what is noted before the drawer is open waits for it
writing.then(() => {
  place.ariaBusy = "false";
  if (me) sendNow();
});

async function start() {
  // a device that cannot seal, or keep, is left with the plain form
  if (!isSecureContext || !navigator.serviceWorker || !navigator.locks || !indexedDB) return;
  place.ariaBusy = "true";
  form?.addEventListener("submit", written);
  if (form && !form.elements.on.value) form.elements.on.value = today();
  const { agent, page } = place.dataset;
  const options = { scope: page, updateViaCache: "none" };
  navigator.serviceWorker.register(agent, options).catch(() => undefined);
  me = given ? await notes.remember(JSON.parse(given.textContent)) : await notes.recall();
  given?.remove(); // the key is made: that from which it was made leaves the page
  if (!me) {
    place.querySelector("#field-entry").hidden = true;
    say("nobody");
    return;
  }
  await notes.drop((row) => row.state === "sent");
  await ready();
  await refresh();
}

/** This browser keeps nothing (a private window, a drawer that does not open): the plain form. */
function plain() {
  me = undefined;
  form?.removeEventListener("submit", written);
  if (given) isPlain = true;
  else place.querySelector("#field-entry").hidden = true; // the empty page sends nothing by itself
  say("unkept");
}

async function ready() {
  form?.elements.text.addEventListener("keydown", finished);
  form?.addEventListener("input", typed);
  place.querySelector("#field-cancel")?.addEventListener("click", () => {
    correct(null);
    form.elements.text.focus(); // the button that had it is hidden
  });
  place.querySelector("#field-send").addEventListener("click", sendNow);
  addEventListener("online", sendNow);
  document.addEventListener("visibilitychange", () => document.hidden || sendNow());
  notes.onTold((what) => (what === "left" ? location.reload() : refresh()));
  if (!form) return;
  offerProcesses(await notes.processesOf(me));
  form.elements.text.value ||= await notes.draftOf(me);
}

/** Return the day of this device, where it is. */
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** The empty page knows no process: draw those that the last page with network left here. */
function offerProcesses(processes) {
  const [first, ...others] = form.querySelectorAll("#id_process > div");
  others.forEach((one) => one.remove());
  processes.forEach(({ pk, name }, rank) => {
    const choice = first.cloneNode(true);
    const [label, button] = [choice.querySelector("label"), choice.querySelector("input")];
    label.replaceChildren(button, ` ${name}`);
    label.htmlFor = button.id = `id_process_${rank + 1}`;
    Object.assign(button, { value: pk, checked: false, defaultChecked: false });
    first.parentElement.append(choice);
  });
  form.querySelector("fieldset").hidden = processes.length < 2;
}

function typed() {
  const { text } = form.elements;
  text.setCustomValidity("");
  clearTimeout(typing);
  if (!corrected) typing = setTimeout(() => notes.draft(me, text.value), PAUSE);
}

/** A line of the journal is one line: the key that ends it notes it. */
function finished(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
}

/** One note at a time: a second tap finds the field empty. */
function written(event) {
  event.preventDefault();
  writing = writing.finally(write);
}

async function write() {
  const { text, on, process } = form.elements;
  if (isPlain) form.submit();
  if (!me || !text.value.trim()) return;
  if (text.value.trim().length > Number(place.dataset.longest)) {
    text.setCustomValidity(word("long"));
    text.reportValidity();
    return;
  }
  const facts = { text: text.value, on: on.value, process: process.value };
  facts.is_day_usual = on.value === today(); // nobody chose it: the words may say another one
  clearTimeout(typing);
  // what is typed meanwhile is the next note: it stays
  const next = () => (text.value === facts.text ? "" : text.value);
  const putAway = () => corrected || notes.draft(me, next());
  facts.written_at = new Date().toISOString();
  if (!(await keep(corrected, facts, putAway))) return;
  if (next()) corrects(null);
  else correct(null);
}

/**
 * Keep a new note, or the one that was corrected, then try the network; say whether it is kept.
 * Its draft is put away before it is seen kept: whoever leaves then does not find it twice.
 */
async function keep(note, facts, putAway = () => {}) {
  try {
    await (note ? notes.rewrite(me, note.uuid, facts) : notes.add(me, facts));
  } catch (error) {
    if (error instanceof notes.Left) location.reload();
    else say("full");
    return false;
  }
  await putAway();
  say(facts.on > today() ? "future" : "kept");
  navigator.storage.persist?.();
  await moved();
  sendNow();
  return true;
}

/** Bring a note back in the form, or leave it. */
function correct(note) {
  corrects(note);
  form.reset();
  form.elements.on.value = note?.facts.on ?? today();
  if (note) {
    form.elements.text.value = note.facts.text;
    form.elements.process.value = note.facts.process ?? "";
    form.elements.text.focus();
  }
}

/** Say which note the form corrects, if any: what is typed is left as it is. */
function corrects(note) {
  corrected = note;
  place.querySelector("#field-cancel").hidden = !note;
}

const gestures = {
  correct,
  keep: ({ uuid }) => erase(uuid),
  erase: ({ uuid }) => erase(uuid),
  /** Note this version too: it becomes a note of its own. */
  async twice(note) {
    const { answer, ...facts } = note.facts;
    await notes.add(me, { ...facts, is_twice: true, is_day_sure: true }, { instead: note.uuid });
    await moved();
    return sendNow();
  },
  answer(note, answers) {
    const said = Object.fromEntries(answers);
    const { answer, ...facts } = note.facts;
    if ("on" in said) said.is_day_sure = true;
    return keep(note, { ...facts, ...said });
  },
};

async function erase(uuid) {
  await notes.drop((row) => row.uuid === uuid);
  await moved();
  place.querySelector("#notes-title").focus();
}

async function sendNow() {
  const outcome = await send(me, place.dataset.send);
  place.querySelector("#field-login").hidden = outcome !== "expired";
  if (outcome) say(outcome);
  await moved();
  const { mine } = await notes.tally(me.writer);
  if (!outcome && !mine && list.querySelector("[data-uuid]")) say("all-sent");
  else if (!outcome && mine) say("asked");
}

async function moved() {
  notes.tell("moved");
  await refresh();
}

/** Draw again what changed, one drawing after the other. */
function refresh() {
  drawing = drawing.then(redraw);
  return drawing;
}

async function redraw() {
  const mine = await notes.notesOf(me);
  const { others } = await notes.tally(me.writer);
  const before = new Map([...list.children].map((item) => [item.dataset.uuid, item]));
  const focused = document.activeElement?.closest("[data-uuid]")?.dataset.uuid;
  const items = mine.map((note) => {
    const seen = before.get(note.uuid);
    if (seen?.dataset.rev === String(note.rev)) return seen;
    if (note.facts?.text) texts.set(note.uuid, note.facts.text);
    return drawn(note, texts.get(note.uuid), gestures);
  });
  place.querySelector("#held").hidden = !mine.length;
  place.querySelector("#field-send").hidden = !mine.some((note) => note.state === "waiting");
  place.querySelector("#others").hidden = !others;
  // a note that did not change is not touched: an answer is perhaps being typed in it
  for (const item of before.values()) if (!items.includes(item)) item.remove();
  items.forEach((item, rank) => {
    if (list.children[rank] !== item) list.insertBefore(item, list.children[rank] ?? null);
  });
  if (focused && !document.activeElement?.closest("[data-uuid]")) {
    items.find((item) => item.dataset.uuid === focused)?.focus();
  }
}

function say(name) {
  status.hidden = false;
  status.textContent = word(name);
}
