// Paints weekly hours: table[data-hours-grid], the brushes [data-hours-brushes] and the typed lines of form[data-hours-form].
// What is painted is written into the lines, what is typed is drawn: the lines alone are what is saved.
const grid = document.querySelector("table[data-hours-grid]");
const lines = [...document.querySelectorAll("form[data-hours-form] input[name^='Week.Days']")];
const brushes = document.querySelector("[data-hours-brushes]");
const said = document.querySelector("[data-hours-said]");

if (grid && brushes && lines.length === 7) begin();

function begin() {
  const cells = [...grid.querySelectorAll("td[data-day]")];
  const cellAt = (day, minute) => cells.find(c => Number(c.dataset.day) === day && Number(c.dataset.minute) === minute);
  const colours = new Map([...brushes.querySelectorAll("input[data-css]")].map(b => [b.value.toLowerCase(), b.dataset.css]));
  let from = null, over = [], week = lines.map(line => read(line.value));

  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-describedby", "grid-help");
  for (const row of grid.querySelectorAll("tr")) row.setAttribute("role", "row");
  for (const cell of cells) { cell.setAttribute("role", "gridcell"); cell.tabIndex = -1; }
  cells[0].tabIndex = 0;
  week.forEach((_, day) => draw(day));
  lines.forEach((line, day) => line.addEventListener("input", () => { week[day] = read(line.value); draw(day); }));

  grid.addEventListener("pointerdown", event => {
    const cell = event.target.closest("td[data-day]");
    if (!cell || event.button !== 0) return;
    event.preventDefault();
    cell.releasePointerCapture?.(event.pointerId);
    cell.focus();
    mark(from = cell, cell);
  });
  grid.addEventListener("pointermove", event => {
    if (!from) return;
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("td[data-day]");
    if (cell && grid.contains(cell)) mark(from, cell);
  });
  addEventListener("pointerup", () => { if (from) paint(over); from = null; });
  addEventListener("pointercancel", () => { mark(null); from = null; });

  let anchor = null;
  grid.addEventListener("keydown", event => {
    const cell = event.target.closest("td[data-day]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const [day, minute] = [Number(cell.dataset.day), Number(cell.dataset.minute)];
    const next = { ArrowUp: [day, minute - 30], ArrowDown: [day, minute + 30], ArrowLeft: [day - 1, minute], ArrowRight: [day + 1, minute] }[event.key];
    if (next) {
      event.preventDefault();
      const to = cellAt(...next);
      if (!to) return;
      if (event.shiftKey) mark(anchor ??= cell, to);
      else { mark(null); anchor = null; }
      to.focus();
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      paint(over.length > 0 ? over : [cell]);
      anchor = null;
    } else if (event.key === "Escape") {
      mark(null);
      anchor = null;
    }
  });
  grid.addEventListener("focusin", event => {
    const cell = event.target.closest("td[data-day]");
    if (!cell) return;
    for (const other of cells) other.tabIndex = other === cell ? 0 : -1;
  });

  function mark(a, b) {
    for (const cell of over) cell.classList.remove("hg-over");
    if (!a) { over = []; return; }
    const days = [Number(a.dataset.day), Number(b.dataset.day)].sort((x, y) => x - y);
    const minutes = [Number(a.dataset.minute), Number(b.dataset.minute)].sort((x, y) => x - y);
    over = cells.filter(c => c.dataset.day >= days[0] && c.dataset.day <= days[1] && Number(c.dataset.minute) >= minutes[0] && Number(c.dataset.minute) <= minutes[1]);
    for (const cell of over) cell.classList.add("hg-over");
  }

  function paint(chosen) {
    if (chosen.length === 0) return;
    const brush = brushes.querySelector("input[name=brush]:checked");
    const kind = brushes.querySelector("[data-brush-kind]").value;
    const minutes = chosen.map(c => Number(c.dataset.minute));
    const [start, end] = [Math.min(...minutes), Math.max(...minutes) + 30];
    for (const day of new Set(chosen.map(c => Number(c.dataset.day)))) {
      const items = week[day].items;
      const pauses = items.filter(i => i.pause), hours = items.filter(i => !i.pause);
      const what = brush.dataset.brush;
      const item = { start, end, pause: what === "break", place: what ? "" : brush.value, kinds: what ? "" : kind };
      week[day].items = what === "break" ? [...hours, ...joined([...cut(pauses, start, end), item])]
        : [...joined([...cut(hours, start, end), ...what ? [] : [item]]), ...cut(pauses, start, end)];
      lines[day].value = write(week[day]);
      lines[day].dispatchEvent(new Event("change", { bubbles: true }));
      draw(day);
    }
    const first = chosen[0], last = chosen[chosen.length - 1];
    said.textContent = grid.dataset.done.replace("{0}", first.dataset.name).replace("{1}", last.dataset.name);
    mark(null);
  }

  function draw(day) {
    for (const cell of cells.filter(c => Number(c.dataset.day) === day)) {
      const minute = Number(cell.dataset.minute);
      const here = week[day].items.filter(i => i.start < minute + 30 && minute < i.end);
      const one = here.find(i => i.pause) ?? here[0];
      cell.className = !one ? "" : one.pause ? "hg-break" : (colours.get(one.place.toLowerCase()) ?? "hg-person") + (one.kinds ? " hg-kinds" : "");
      cell.setAttribute("aria-label", `${cell.dataset.name}: ${!one ? grid.dataset.free : one.pause ? grid.dataset.break : here.map(i => label(i) || grid.dataset.person).join(", ")}`);
    }
  }

  function write({ items, left }) {
    const sorted = [...items].sort((a, b) => a.pause - b.pause || a.start - b.start);
    return [...sorted.map(i => `${i.pause ? grid.dataset.break + " " : ""}${clock(i.start)}–${clock(i.end)}${i.pause ? "" : label(i) ? " " + label(i) : ""}`), ...left].join(", ");
  }

  function clock(minute) {
    const m = minute % 1440;
    return `${Math.floor(m / 60)}${grid.dataset.time === "H.mm" ? "." : ":"}${String(m % 60).padStart(2, "0")}`;
  }
}

function label(item) {
  return `${item.place}${item.kinds ? ` (${item.kinds})` : ""}`.trim();
}

// What cannot be read stays as it was typed; the server says what is wrong with it.
function read(text) {
  const day = { items: [], left: [] };
  for (const part of text.split(/[,;](?![^(]*\))/).map(p => p.trim()).filter(p => p)) {
    const found = /^((?:break|pause|перерыв|pauza|tauko)\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|to|до|do)\s*(\d{1,2})(?:[:.](\d{2}))?(?:\s+([^()]*?))?(?:\s*\(([^()]*)\))?$/i.exec(part);
    if (!found) { day.left.push(part); continue; }
    const start = Number(found[2]) * 60 + Number(found[3] ?? 0);
    let end = Number(found[4]) * 60 + Number(found[5] ?? 0);
    if (end <= start) end += 1440;
    day.items.push({ start, end, pause: !!found[1], place: (found[6] ?? "").trim(), kinds: (found[7] ?? "").trim() });
  }
  return day;
}

function cut(items, start, end) {
  return items.flatMap(i => i.end <= start || i.start >= end ? [i]
    : [...i.start < start ? [{ ...i, end: start }] : [], ...i.end > end ? [{ ...i, start: end }] : []]);
}

function joined(items) {
  const sorted = [...items].sort((a, b) => a.start - b.start), all = [];
  for (const item of sorted) {
    const before = all.findLast(i => i.end === item.start && label(i) === label(item) && i.pause === item.pause);
    if (before) before.end = item.end;
    else all.push({ ...item });
  }
  return all;
}
