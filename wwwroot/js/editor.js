// The clause editor, on form[data-editor]: order by buttons and by dragging, adding and taking out, values inserted at the
// cursor, and the preview renewed while somebody types. Without script its buttons do the same by way of the server.
const pause = 700;

for (const form of document.querySelectorAll("form[data-editor]")) attach(form);

function attach(form) {
  const said = form.querySelector("[data-said]");
  const say = (text, ...values) => { said.textContent = values.reduce((t, v, i) => t.replace(`{${i}}`, v), text); };
  let dirty = form.dataset.dirty === "yes", last = null, added = 0, timer, running;

  const changed = () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  };
  form.addEventListener("input", changed);
  form.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", event => { if (dirty) event.preventDefault(); });

  // The preview: what was read last stays in view.
  const shown = form.querySelector("[data-preview-shown]");
  form.querySelector("[data-preview-look]").hidden = true;
  async function look() {
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), signal: running.signal, headers: { "X-Requested-With": "fetch" } });
      if (!response.ok || response.redirected) return;
      const fragment = await response.text();
      const at = shown.querySelector("[data-preview-scroll]").scrollTop;
      const open = [...shown.querySelectorAll("details")].findIndex(d => d.open);
      shown.innerHTML = fragment;
      shown.querySelector("[data-preview-scroll]").scrollTop = at;
      shown.querySelectorAll("details").forEach((d, i) => { d.open = i === open; });
    } catch (error) {
      if (error.name !== "AbortError") console.warn("The preview could not be renewed; saving still works.");
    }
  }

  // Whoever writes in a clause sees it beside.
  form.addEventListener("focusin", event => {
    if (event.target.matches("[data-insert-here]")) last = event.target;
    const item = event.target.closest('[data-items="clause"] > [data-item]');
    const frame = shown.querySelector("[data-preview-scroll]");
    const clause = item && frame.querySelector(`#seen${numberOf(item)}`);
    if (clause) frame.scrollTo({ top: clause.offsetTop - frame.offsetTop - 16 });
  });

  // Order.
  const standing = list => [...list.children].filter(i => !i.querySelector("fieldset").disabled);
  const numberOf = item => standing(item.parentElement).indexOf(item) + 1;
  const number = list => standing(list).forEach((item, i) => {
    for (const place of item.querySelectorAll("[data-number]")) place.textContent = i + 1;
  });
  const move = (item, before) => {
    item.parentElement.insertBefore(item, before);
    number(item.parentElement);
    say(said.dataset.moved, numberOf(item), standing(item.parentElement).length);
    changed();
  };

  form.addEventListener("click", event => {
    const button = event.target.closest("button");
    const item = button?.closest("[data-item]");
    if (!button) return;
    if (button.dataset.move) {
      event.preventDefault();
      const others = standing(item.parentElement);
      const at = others.indexOf(item);
      const to = at + Number(button.dataset.move);
      if (to < 0 || to >= others.length) return;
      move(item, button.dataset.move < 0 ? others[to] : others[to].nextSibling);
      button.focus();
    } else if ("remove" in button.dataset) {
      event.preventDefault();
      gone(item, true);
    } else if ("keep" in button.dataset) {
      gone(item, false);
    } else if (button.dataset.add) {
      event.preventDefault();
      const list = form.querySelector(`[data-items="${button.dataset.add}"]`);
      const holder = document.createElement("div");
      holder.innerHTML = form.querySelector(`template[data-new="${button.dataset.add}"]`).innerHTML.replaceAll("KEY", `n${900 + added++}`);
      const fresh = holder.firstElementChild;
      list.append(fresh);
      number(list);
      fresh.querySelector("[data-heading]").focus();
      changed();
    } else if ("insertOpen" in button.dataset) {
      last = item?.querySelector("[data-insert-here]") ?? document.getElementById(button.dataset.insertOpen);
    }
  });

  function gone(item, out) {
    item.querySelector("fieldset").disabled = item.querySelector("fieldset").hidden = out;
    item.querySelector(".item-gone").hidden = !out;
    number(item.parentElement);
    say(out ? said.dataset.removed : said.dataset.kept);
    item.querySelector(out ? "[data-keep]" : "[data-remove]").focus();
    changed();
  }

  // Dragging by the number, so that text in the fields can still be selected.
  for (const list of form.querySelectorAll("[data-items]")) {
    let dragged = null;
    list.addEventListener("pointerdown", event => {
      const grip = event.target.closest("b[data-number]");
      if (grip) grip.closest("[data-item]").draggable = true;
    });
    list.addEventListener("dragstart", event => {
      dragged = event.target.closest("[data-item]");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      dragged.classList.add("dragged");
    });
    list.addEventListener("dragover", event => {
      const over = event.target.closest("[data-item]");
      if (!dragged) return;
      event.preventDefault();
      if (!over || over === dragged || over.parentElement !== list) return;
      const box = over.getBoundingClientRect();
      list.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
    });
    list.addEventListener("dragend", () => {
      if (!dragged) return;
      dragged.classList.remove("dragged");
      dragged.draggable = false;
      move(dragged, dragged.nextSibling);
      dragged = null;
    });
    addEventListener("pointerup", () => { for (const item of list.children) item.draggable = false; });
  }

  // Values at the cursor.
  const values = document.getElementById("values");
  values.addEventListener("click", event => {
    const button = event.target.closest("[data-insert]");
    const field = last ?? form.querySelector("textarea[data-insert-here]");
    if (!button || !field) return;
    values.hidePopover();
    field.focus();
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  values.querySelector("[data-values-find]").addEventListener("input", event => {
    const sought = event.target.value.trim().toLowerCase();
    for (const value of values.querySelectorAll("[data-value]")) value.hidden = !value.textContent.toLowerCase().includes(sought);
    for (const group of values.querySelectorAll("[data-values-group]")) group.hidden = !group.querySelector("[data-value]:not([hidden])");
  });
}
