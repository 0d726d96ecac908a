/**
 * A form taps once: the second tap of a thumb, before the answer, is not sent.
 *
 * Without this script, the server knows the second one again (receipts, versions).
 */

const LONG = 5000; // after that, the answer is lost and people may try again

document.addEventListener("submit", (event) => {
  const { target: form } = event;
  // a form that gives files back is asked for Word, then for PDF
  if (event.defaultPrevented || form.method !== "post" || "gives" in form.dataset) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, LONG);
});

window.addEventListener("pageshow", () => {
  // a page come back to is a page to send again
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  // a browser gives the focus to what is to be corrected, but where the address names a part
  const wrong = document.querySelector(".form-errors[autofocus]");
  if (wrong && window.location.hash && document.activeElement === document.body) wrong.focus();
});
