/** The notes of this device: whose they are, in which state, and how many wait. */

import { keyFrom, sealed, unsealed } from "./seal.js";
import { answer, within } from "./store.js";

/** @typedef {{writer: string, key: CryptoKey}} Me */
/** @typedef {{uuid: string, state: string, rev: number, rank: number, facts: any}} Note */

const YEAR = 31536000;
const channel = new BroadcastChannel("terrain");

/** The person left, on this page or on another one, since this page was opened. */
export class Left extends Error {}

/** Tell the other pages that something moved. */
export function tell(word) {
  channel.postMessage(word);
}

/** @param {(word: string) => void} listener */
export function onTold(listener) {
  channel.addEventListener("message", (event) => listener(event.data));
}

/**
 * Keep the key and the processes of who just signed in. The key of anybody else leaves this
 * device: the notes of that person stay, closed, until the server gives her the key again.
 * @returns {Promise<Me>}
 */
export async function remember({ writer, secret, processes }) {
  const key = await keyFrom(secret);
  const list = await sealed(key, "processes", processes);
  const others = await within("readwrite", async ({ keys, kept }) => {
    const known = (await answer(keys.getAllKeys())).filter((one) => one !== writer);
    for (const one of known) {
      keys.delete(one);
      kept.delete(one);
    }
    keys.put({ writer, key });
    kept.put({ ...(await answer(kept.get(writer))), writer, ...list });
    return known;
  });
  if (others.length) tell("left"); // a page of theirs is perhaps still open
  await mark();
  return { writer, key };
}

/** @returns {Promise<Me | undefined>} who signed in here last and has not left */
export async function recall() {
  return (await within("readonly", ({ keys }) => answer(keys.getAll())))[0];
}

/** @param {Me} me */
export async function processesOf(me) {
  const row = await within("readonly", ({ kept }) => answer(kept.get(me.writer)));
  return (row && (await unsealed(me.key, "processes", row))) ?? [];
}

/**
 * Keep what is being typed: a telephone call may close the page.
 * @param {Me} me @param {string} text nothing, once it is a note
 */
export async function draft(me, text) {
  const box = text ? await sealed(me.key, "draft", text) : undefined;
  await within("readwrite", async ({ kept }) => {
    const row = await answer(kept.get(me.writer));
    if (row) kept.put({ ...row, draft: box });
  });
}

/** @param {Me} me */
export async function draftOf(me) {
  const row = await within("readonly", ({ kept }) => answer(kept.get(me.writer)));
  return (row?.draft && (await unsealed(me.key, "draft", row.draft))) ?? "";
}

/** @param {Me} me @returns {Promise<Note[]>} the latest first */
export async function notesOf(me) {
  const rows = (await all()).filter((row) => row.writer === me.writer);
  rows.sort((one, other) => other.rank - one.rank);
  return Promise.all(
    rows.map(async ({ uuid, state, rev, rank, iv, box }) => {
      const facts = await unsealed(me.key, uuid, { iv, box });
      return { uuid, state: facts ? state : "closed", rev, rank, facts };
    }),
  );
}

/** Return how many notes wait: those of this writer, and those of anybody else. */
export async function tally(writer) {
  const waiting = (await all()).filter((row) => row.state !== "sent");
  const mine = waiting.filter((row) => row.writer === writer).length;
  return { mine, others: waiting.length - mine };
}

/**
 * Write a note that waits; in the same gesture, let the one that it replaces go.
 * @param {Me} me
 */
export async function add(me, facts, { instead } = {}) {
  const uuid = crypto.randomUUID();
  const box = await sealed(me.key, uuid, facts);
  await mark(1);
  await within("readwrite", async ({ keys, notes }) => {
    if (!(await answer(keys.get(me.writer)))) throw new Left();
    const rank = Math.max(0, ...(await answer(notes.getAll())).map((row) => row.rank)) + 1;
    if (instead) notes.delete(instead);
    notes.put({ uuid, writer: me.writer, state: "waiting", rank, rev: 1, ...box });
  });
  await mark();
}

/**
 * Change a note, unless it moved since it was read; say whether it was changed.
 * @param {Me} me @param {Note} note
 */
export async function change(me, note, state, facts) {
  const box = await sealed(me.key, note.uuid, facts);
  const changed = await within("readwrite", async ({ notes }) => {
    const row = await answer(notes.get(note.uuid));
    if (row?.rev !== note.rev) return false;
    notes.put({ ...row, ...box, state, rev: note.rev + 1 });
    return true;
  });
  await mark();
  return changed;
}

/**
 * Write a note again, whatever became of it meanwhile: if it had been sent, the journal will show
 * both. One that is no longer there is written anew.
 * @param {Me} me
 */
export async function rewrite(me, uuid, facts) {
  const box = await sealed(me.key, uuid, facts);
  await mark(1);
  const isThere = await within("readwrite", async ({ keys, notes }) => {
    if (!(await answer(keys.get(me.writer)))) throw new Left();
    const row = await answer(notes.get(uuid));
    if (row) notes.put({ ...row, ...box, state: "waiting", rev: row.rev + 1 });
    return Boolean(row);
  });
  await (isThere ? mark() : add(me, facts));
}

/** @param {(row: any) => boolean} which */
export async function drop(which) {
  await within("readwrite", async ({ notes }) => {
    for (const row of await answer(notes.getAll())) {
      if (which(row)) notes.delete(row.uuid);
    }
  });
  await mark();
}

/** Forget a person: her key, her list, her notes. */
export async function forget(writer) {
  await within("readwrite", async ({ keys, kept }) => {
    keys.delete(writer);
    kept.delete(writer);
  });
  await drop((row) => row.writer === writer);
}

/** Tell the server's sign-out, by a cookie without content, how many notes wait here. */
export async function mark(more = 0) {
  const { mine, others } = await tally("");
  told(mine + others + more);
}

/** @param {number} count */
export function told(count) {
  const safe = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `terrain-attente=${count}; path=/compte/; max-age=${YEAR}; samesite=lax${safe}`;
}

function all() {
  return within("readonly", ({ notes }) => answer(notes.getAll()));
}
