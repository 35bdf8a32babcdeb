// Browsers without the popover attribute show the menu; this gives them the button. A sheet of the console closes by Escape and outside.
const supported = HTMLElement.prototype.hasOwnProperty("popover");

for (const menu of document.querySelectorAll("[data-menu]")) {
  if (supported) continue;
  const button = document.querySelector(`[popovertarget="${menu.id}"]`);
  const wide = matchMedia("(min-width: 56rem)");
  const show = open => {
    menu.hidden = !open && !wide.matches;
    button?.setAttribute("aria-expanded", String(open));
  };
  show(false);
  wide.addEventListener("change", () => show(false));
  button?.addEventListener("click", () => show(menu.hidden));
}

for (const details of document.querySelectorAll("details.who-menu")) {
  addEventListener("click", event => {
    if (details.open && !details.contains(event.target)) details.open = false;
  });
  details.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}
