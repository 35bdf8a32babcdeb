// Leaves at once for a neutral page. The page itself disappears from view first, its place in the history is
// overwritten, and coming back by the back button of a restored page empties it again.
const link = document.querySelector("a[data-quick-exit]");

function leave() {
  document.documentElement.hidden = true;
  document.title = "";
  for (const form of document.forms) form.reset();
  history.replaceState(null, "", "/");
  location.replace(link.href);
}

if (link) {
  link.addEventListener("click", event => {
    event.preventDefault();
    leave();
  });

  let last = 0;
  addEventListener("keydown", event => {
    if (event.key !== "Escape" || document.querySelector("dialog[open], [popover]:popover-open")) return;
    if (event.timeStamp - last < 1500) leave();
    last = event.timeStamp;
  });

  addEventListener("pageshow", event => {
    if (event.persisted && document.documentElement.hidden) location.replace(link.href);
  });
}
