/** One note as its writer sees it: its words, its day, its state, and what can be done. */

const card = document.querySelector("#note")?.content;
const language = document.documentElement.lang;
const day = new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat(language, {
  day: "numeric",
  month: "long",
  hour: "numeric",
  minute: "2-digit",
});

/** Write the first of a month as French does, which these formats do not. */
function dated(format, at) {
  const words = format.format(at);
  return language.startsWith("fr") ? words.replace(/(?<!\d)1(?=\s\p{L}{3,})/u, "1er") : words;
}

/** Return a sentence that the page holds for us, in its language. */
export function word(name) {
  const words = document.querySelector("#words").content;
  return words.querySelector(`[data-word=${name}]`).textContent;
}

/**
 * @param {import("./notes.js").Note} note
 * @param {string} text its words, which a note already sent no longer keeps
 * @param {Record<string, (note: any, answers?: FormData) => void>} gestures
 */
export function drawn(note, text, gestures) {
  const { state, facts } = note;
  const item = card.querySelector("li").cloneNode(true);
  const part = (name) => item.querySelector(`[data-part=${name}]`);
  const show = (name, words) => {
    part(name).hidden = !words;
    if (words) part(name).textContent = words;
  };
  for (const badge of item.querySelectorAll("[data-state]")) {
    if (badge.dataset.state !== state) badge.remove();
  }
  item.dataset.uuid = note.uuid;
  item.dataset.rev = note.rev;
  part("text").id = `text-${note.uuid}`;
  show("text", text || word(state === "sent" ? "sent" : "closed"));
  show("day", facts && dated(day, new Date(`${facts.on}T00:00Z`)));
  show("written", facts?.written_at && dated(moment, new Date(facts.written_at)));
  part("written-at").hidden = !facts?.written_at;
  show("reason", facts?.answer?.reason);
  show("there", facts?.answer?.there);
  show("here", facts?.answer?.there && text);
  part("sides").hidden = !facts?.answer?.there;
  part("link-line").hidden = !facts?.url;
  if (facts?.url) part("link").href = facts.url;
  questions(part("questions"), note, gestures.answer);
  const isTwin = state === "conflict" && !facts.answer.questions.length;
  buttons(item, note, gestures, {
    correct: ["waiting", "refused", "choose"].includes(state),
    keep: isTwin,
    twice: isTwin,
    erase: state !== "sent" && !isTwin,
  });
  return item;
}

function buttons(item, note, gestures, offered) {
  for (const [name, isOffered] of Object.entries(offered)) {
    const button = item.querySelector(`[data-gesture=${name}]`);
    if (isOffered) {
      button.setAttribute("aria-describedby", `text-${note.uuid}`);
      button.addEventListener("click", () => gestures[name](note));
    } else (button.closest("details") ?? button).remove();
  }
}

/** Draw the questions of the server; their answers go back with the note. */
function questions(form, note, answered) {
  const asked = note.facts?.answer?.questions ?? [];
  if (!asked.length) {
    form.remove();
    return;
  }
  const place = form.querySelector("[data-part=fields]");
  place.replaceChildren(...asked.map((question) => field(question, note)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answered(note, new FormData(form));
  });
}

function field({ name, label, kind, options }, note) {
  const block = card.querySelector(options.length ? "[data-field=choice]" : "[data-field=typed]");
  const drawnField = block.cloneNode(true);
  const control = drawnField.querySelector("input, select");
  const id = `${name}-${note.uuid}`;
  drawnField.querySelector("label").textContent = label;
  drawnField.querySelector("label").htmlFor = id;
  Object.assign(control, { id, name });
  if (!options.length) control.type = kind;
  for (const { value, label: said } of options) control.append(new Option(said, value));
  // a choice is made by its person: none is made beforehand
  control.value = options.length ? "" : (note.facts[name] ?? "");
  return drawnField;
}
