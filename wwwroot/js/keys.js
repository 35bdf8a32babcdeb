// The keyboard map of the workspace: "/" finds, "g t" goes to Today (any link with data-keys), "?" lists all keys.
const help = document.querySelector("dialog[data-keys-help]");
const links = [...document.querySelectorAll("a[data-keys]")];
let pending = "";
let timer;

if (help || links.length > 0) {
  const list = help?.querySelector("[data-keys-list]");
  for (const link of list ? links : []) {
    const key = document.createElement("dt");
    const name = document.createElement("dd");
    key.append(Object.assign(document.createElement("kbd"), { textContent: link.dataset.keys }));
    name.textContent = link.querySelector("span")?.textContent ?? link.textContent;
    list.append(key, name);
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    // The same keys on a keyboard with other letters.
    const letter = event.code?.startsWith("Key") && !/^[a-z]$/i.test(event.key) ? event.code.slice(3).toLowerCase() : event.key;
    const find = document.querySelector("[data-find]");
    if (event.key === "/" && find) {
      event.preventDefault();
      const menu = find.closest("[popover]");
      if (menu && getComputedStyle(menu).display === "none") menu.showPopover();
      find.focus();
    } else if (event.key === "?" && help) {
      help.showModal();
    } else if (event.key.length === 1) {
      const typed = pending ? `${pending} ${letter}` : letter;
      const target = links.find(link => link.dataset.keys === typed);
      clearTimeout(timer);
      pending = links.some(link => link.dataset.keys.startsWith(`${typed} `)) ? typed : "";
      timer = setTimeout(() => (pending = ""), 1500);
      if (target) {
        event.preventDefault();
        target.click();
      }
    }
  });
}
