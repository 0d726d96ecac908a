/**
 * A page come back to is shown to the person it was made for, or asked for again.
 *
 * On a shared computer, Back would show what was read before signing out: the browser keeps whole
 * pages, and asks nobody. While the session stands, what was typed stays.
 */

const { person, session } = document.documentElement.dataset;

window.addEventListener("pageshow", async ({ persisted }) => {
  const [visit] = performance.getEntriesByType("navigation");
  if (!person || (!persisted && visit?.type !== "back_forward")) return;
  const { style } = document.documentElement;
  style.opacity = 0; // hidden otherwise, it would lose the focus and its place
  try {
    const answer = await fetch(session, { cache: "no-store" });
    // without the fragment, with which nothing would be asked
    if (answer.ok && (await answer.text()) !== person) {
      window.location.replace(window.location.pathname + window.location.search);
      return;
    }
  } catch {
    // no network: what was typed matters more
  }
  style.opacity = "";
});
