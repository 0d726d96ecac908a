/**
 * The keyboard keeps its place.
 *
 * The link of an error leads to its field without entering the address: with a fragment there, the
 * next answer would open on that field, and not on what is still to be corrected.
 */

document.addEventListener("click", (event) => {
  const link = event.target.closest(".form-errors a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
});

// a part of the page that comes again takes away what had the focus: its like has it, or the part
const words = (element) => [element.tagName, element.getAttribute("href"), element.textContent].join();
let kept = null;

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  const active = document.activeElement;
  kept = target.id && target.contains(active) ? { id: target.id, words: words(active) } : null;
});

document.addEventListener("htmx:afterSwap", () => {
  const part = kept && document.getElementById(kept.id);
  if (!part || document.activeElement !== document.body) return;
  const like = [...part.querySelectorAll("a[href], button, summary")];
  const place = like.find((element) => words(element) === kept.words) ?? part;
  kept = null;
  if (place === part) part.tabIndex = -1;
  place.focus({ preventScroll: true });
});
