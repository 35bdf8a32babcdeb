// Keys while writing, on form[data-writing]: Ctrl+↓ and Ctrl+↑ walk the fields, Ctrl+. hides what is beside, Ctrl+Enter
// goes to the signing button, where Enter signs: a signature cannot be taken back, so one key alone does not give it.

function attach(form) {
  const fields = () => [...form.querySelectorAll("textarea")];

  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const act = { ArrowDown: () => walk(1), ArrowUp: () => walk(-1), Enter: sign, ".": hide }[event.key];
    if (act?.() !== undefined) event.preventDefault();
  });

  function walk(step) {
    const list = fields();
    const at = list.indexOf(document.activeElement);
    const next = list[at < 0 ? 0 : at + step];
    if (!next) return;
    next.focus();
    next.setSelectionRange(next.value.length, next.value.length);
    return true;
  }

  function sign() {
    const button = form.querySelector("[data-writing-sign]");
    button?.scrollIntoView({ block: "center" });
    button?.focus();
    return button && true;
  }

  function hide() {
    const beside = document.querySelector("[data-writing-beside]");
    if (!beside) return;
    beside.hidden = !beside.hidden;
    return true;
  }
}

for (const form of document.querySelectorAll("form[data-writing]")) attach(form);
