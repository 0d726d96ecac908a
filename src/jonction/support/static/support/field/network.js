/** The road to the server: one page at a time, and the same note answered the same way twice. */

import { change, notesOf } from "./notes.js";

const MOST = 20;
const PATIENCE = 20_000;
const SENT = [
  "text", "on", "process", "quarters", "stage", "dimension",
  "is_day_sure", "is_day_usual", "is_twice",
];
const REFUSALS = { 401: "expired", 403: "expired", 409: "another" };

/**
 * Send what waits. Of several pages that send at once, each waits for its turn and then finds
 * nothing left to send.
 * @param {import("./notes.js").Me} me
 * @returns {Promise<string>} nothing when all was answered; offline, expired, another or trouble
 */
export function send(me, address) {
  return navigator.locks.request("terrain-envoi", () => sendAll(me, address));
}

async function sendAll(me, address) {
  const waiting = (await notesOf(me)).filter((note) => note.state === "waiting").reverse();
  let outcome = "";
  while (waiting.length) {
    const few = waiting.splice(0, MOST);
    outcome = await post(me, address, few);
    if (outcome === "trouble" && few.length > 1) outcome = await oneByOne(me, address, few);
    if (outcome) return outcome;
  }
  return outcome;
}

/** A note that the server cannot swallow must not hold the others back. */
async function oneByOne(me, address, notes) {
  let outcome = "";
  for (const note of notes) outcome = (await post(me, address, [note])) || outcome;
  return outcome;
}

async function post(me, address, notes) {
  let reply;
  try {
    reply = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({
        writer: me.writer,
        sent_at: new Date().toISOString(),
        notes: notes.map(({ uuid, facts }) => ({ uuid, ...only(facts) })),
      }),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return "offline";
  }
  if (!reply.ok) return REFUSALS[reply.status] ?? "trouble";
  const answers = await reply.json().then(({ notes: said }) => said, () => undefined);
  if (!Array.isArray(answers)) return "trouble"; // the page of a hotel, not an answer of ours
  for (const { uuid, ...said } of answers) {
    const note = notes.find((one) => one.uuid === uuid);
    if (note) await settle(me, note, said);
  }
  return "";
}

/** Once it is in the journal, a note leaves its words there and keeps none here. */
function settle(me, note, said) {
  if (said.status === "noted") {
    return change(me, note, "sent", { on: note.facts.on, url: said.url });
  }
  return change(me, note, said.status, { ...note.facts, answer: said });
}

function only(facts) {
  return Object.fromEntries(SENT.filter((name) => facts[name]).map((name) => [name, facts[name]]));
}

function token() {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}
