/**
 * A form taps once: the second tap of a thumb, before the answer, is not sent.
 *
 * Without this script, the server knows the second one again (receipts, versions).
 */

const LONG = 5000; // after that, the answer is lost and people may try again

document.addEventListener("submit", (event) => {
  const { target: form } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, LONG);
});

// a page come back to is a page to send again
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
