/**
 * Menus of the top close as people expect: with Escape, and when one goes elsewhere. Escape also
 * closes a gesture that was opened without being made, and gives the focus back.
 */

const open = () => document.querySelectorAll(".top details[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const here = document.activeElement?.closest("main details[open]");
  for (const menu of here ? [here, ...open()] : open()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

for (const gone of ["click", "focusin"]) {
  document.addEventListener(gone, (event) => {
    for (const menu of open()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}
