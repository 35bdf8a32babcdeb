// The calendar by keys and by hand. Arrows walk from hour to hour and from day to day, Enter opens what is there or makes a session;
// dragging, by touch after a long press, moves or makes one. Nothing is saved here: both lead to the page that shows what follows.
const Snap = 15;
const calendar = document.querySelector("[data-calendar]");
const month = document.querySelector("[data-month]");
const says = document.querySelector("[data-says]");
const page = rel => document.querySelector(`.pages a[rel=${rel}]`);
const grid = () => calendar && getComputedStyle(calendar.querySelector(".cal-hours")).display !== "none";
const columns = calendar ? [...calendar.querySelectorAll("[data-column]")] : [];
const rows = calendar ? calendar.dataset.hours.split(",").map(Number) : [];
const track = column => column.querySelector(".cal-track");
const starts = column => column.dataset.starts.split(",");
const fill = (text, ...values) => values.reduce((all, value, i) => all.replace(`{${i}}`, value), text);

// Minutes from the top, what the clock reads there, and which moment that is.
function clock(minute) {
  const row = Math.min(Math.floor(minute / 60), rows.length - 1);
  const rest = minute - row * 60;
  return `${(rows[row] + Math.floor(rest / 60)) % 24}${calendar.dataset.separator}${String(rest % 60).padStart(2, "0")}`;
}
function moment(column, minute) {
  const of = starts(column);
  const row = Math.floor(minute / 60);
  if (of[row]) return new Date(Date.parse(of[row]) + (minute % 60) * 60000);
  const next = of.findIndex((start, i) => i > row && start);
  return next < 0 ? null : new Date(Date.parse(of[next]));
}
const value = (at, place = "Online") => `${at.toISOString().slice(0, 16)}Z/${place}`;
function minuteOf(column, iso) {
  const at = Date.parse(iso);
  const of = starts(column).map(start => (start ? Date.parse(start) : NaN));
  for (let i = of.length - 1; i >= 0; i--) if (of[i] <= at) return Math.min(i * 60 + Math.min(60, (at - of[i]) / 60000), of.length * 60);
  return 0;
}
function put(element, minute, minutes) {
  const size = `var(--hour) / 60`;
  element.style.insetBlockStart = `calc(${minute} * ${size})`;
  if (minutes !== undefined) element.style.blockSize = `calc(${minutes} * ${size} - 2px)`;
}
function makeAddress(column, minute, minutes) {
  const at = moment(column, minute);
  if (!at) return null;
  const query = new URLSearchParams({ at: value(at, column.dataset.room ? "Room" : "Online") });
  if (column.dataset.who) query.set("who", column.dataset.who);
  if (column.dataset.room) query.set("place", `Room:${column.dataset.room}`);
  if (minutes) query.set("minutes", minutes);
  return `/calendar/new?${query}`;
}

// --- Keys

const entries = column => [...column.querySelectorAll("[data-entry]")].filter(entry => entry.offsetParent);
const isStretch = entry => calendar.dataset.rooms !== undefined && entry.classList.contains("ev-open");
const from = (column, entry) => entry.dataset.start ? minuteOf(column, entry.dataset.start) : Number(entry.dataset.minute);
let cursor;

function stops(column) {
  const taken = entries(column).map(entry => ({ entry, minute: from(column, entry), until: from(column, entry) + Number(entry.dataset.minutes) }));
  // Long stretches in which a room is free are walked through hour by hour.
  const hours = rows.map((_, i) => i * 60).filter((minute, i) => starts(column)[i] && !taken.some(t => t.minute <= minute && minute < (isStretch(t.entry) ? t.minute + 1 : t.until)));
  return [...taken, ...hours.map(minute => ({ minute }))].sort((a, b) => a.minute - b.minute);
}
function go(column, stop) {
  if (!stop) return;
  if (stop.entry) {
    if (cursor) cursor.hidden = true;
    stop.entry.focus();
    return;
  }
  cursor ??= Object.assign(document.createElement("a"), { className: "ev cal-cursor" });
  cursor.hidden = false;
  cursor.dataset.minute = stop.minute;
  cursor.dataset.minutes = 60;
  cursor.href = makeAddress(column, stop.minute);
  cursor.textContent = `+ ${clock(stop.minute)}`;
  cursor.setAttribute("aria-label", fill(calendar.dataset.cursor, column.dataset.name, clock(stop.minute)));
  track(column).append(cursor);
  put(cursor, stop.minute, 30);
  cursor.focus();
}
const nearest = (list, minute) => list.reduce((best, stop) => (Math.abs(stop.minute - minute) < Math.abs((best?.minute ?? 1e6) - minute) ? stop : best), undefined);

function leave(rel, minute, day) {
  sessionStorage.setItem("calendar", JSON.stringify({ minute: minute / 60 + rows[0], day }));
  page(rel)?.click();
}
function walk(key, column, minute) {
  const at = columns.indexOf(column);
  const list = stops(column);
  if (key === "ArrowDown") go(column, list.find(stop => stop.minute > minute));
  else if (key === "ArrowUp") go(column, list.findLast(stop => stop.minute < minute));
  else {
    const next = columns[at + (key === "ArrowRight" ? 1 : -1)];
    if (next) go(next, nearest(stops(next), minute));
    else leave(key === "ArrowRight" ? "next" : "prev", minute, key === "ArrowRight" ? "first" : "last");
  }
}
const plain = event => !(event.ctrlKey || event.metaKey || event.altKey) && !event.target.closest("input, textarea, select, dialog[open]");

document.addEventListener("keydown", event => {
  if (!plain(event) || event.defaultPrevented) return;
  const entry = event.target.closest("[data-entry], .cal-cursor");
  if (event.key === "m" || event.code === "KeyM") {
    if (entry?.dataset.move) {
      event.preventDefault();
      location.href = entry.dataset.move;
    }
    return;
  }
  if (!event.key.startsWith("Arrow")) return;
  if (calendar && grid()) {
    if (entry) {
      const column = entry.closest("[data-column]");
      event.preventDefault();
      walk(event.key, column, from(column, entry));
    } else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && (event.target === document.body || event.target.id === "main")) {
      const today = columns.find(column => column.classList.contains("today")) ?? columns[0];
      event.preventDefault();
      go(today, nearest(stops(today), now(today) ?? 60));
    }
  } else if (entry) {
    const all = [...document.querySelectorAll("[data-entry]")].filter(one => one.offsetParent);
    const by = month ? { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 } : { ArrowUp: -1, ArrowDown: 1 };
    const next = all[all.indexOf(entry) + (by[event.key] ?? NaN)];
    if (by[event.key]) event.preventDefault();
    next?.focus();
  } else if (month && (event.target === document.body || event.target.id === "main") && /Left|Right/.test(event.key)) {
    event.preventDefault();
    (month.querySelector("[aria-current=date]") ?? month.querySelector("[data-entry]")).focus();
  }
});

// Who walked over the edge goes on where they came from; "n" makes a session where one stands.
if (calendar && grid()) {
  const kept = sessionStorage.getItem("calendar");
  sessionStorage.removeItem("calendar");
  if (kept) {
    const { minute, day } = JSON.parse(kept);
    const column = day === "first" ? columns[0] : columns.at(-1);
    go(column, nearest(stops(column), (minute - rows[0]) * 60));
  }
  document.querySelector("[data-new]")?.addEventListener("click", event => {
    const focused = document.activeElement.closest?.(".cal-cursor, .ev-open");
    if (focused && document.activeElement !== event.currentTarget) {
      event.preventDefault();
      location.href = focused.href;
    }
  });
}

// --- Dragging: a session to another time, or over empty time for a new one. A mouse drags at once; a finger or a pen scrolls, until
// it has rested for a moment on what it picks up.

if (calendar) {
  const Rest = 450;
  const Edge = 56;
  let drag;
  let dropped = false;
  let stopped = false;
  const inside = point => columns.find(column => {
    const box = track(column).getBoundingClientRect();
    return point.x >= box.left && point.x < box.right;
  });
  const at = (column, point) => {
    const box = track(column).getBoundingClientRect();
    return ((point.y - box.top) / box.height) * rows.length * 60;
  };
  const snap = minute => Math.round(minute / Snap) * Snap;
  const most = rows.length * 60;

  calendar.addEventListener("pointerdown", event => {
    // Two fingers zoom.
    if (!event.isPrimary) return end();
    if (event.button !== 0 || !grid()) return;
    const column = event.target.closest("[data-column]");
    if (!column || !event.target.closest(".cal-track")) return;
    // What is free is empty time that happens to be a link.
    const free = event.target.closest(".ev-open");
    const entry = free ? null : event.target.closest("[data-entry]");
    if (entry && !entry.dataset.move) return;
    if (event.target.closest(".cal-cursor")) return;
    const point = { x: event.clientX, y: event.clientY };
    drag = { entry, free, column, point, x: point.x, y: point.y, id: event.pointerId, mouse: event.pointerType === "mouse", begun: false, moved: false };
    if (entry) Object.assign(drag, { minute: from(column, entry), minutes: Number(entry.dataset.minutes), grip: at(column, point) - from(column, entry) });
    else {
      const first = Math.max(0, Math.floor(at(column, point) / Snap) * Snap);
      Object.assign(drag, { first, minute: first, minutes: Math.min(60, most - first) });
    }
    if (!drag.mouse) drag.rest = setTimeout(begin, Rest);
  });

  calendar.addEventListener("dragstart", event => event.preventDefault());
  // Once something is picked up, the finger moves it and not the page; a press that rests asks for no menu.
  calendar.addEventListener("touchmove", event => {
    if (drag?.begun && event.cancelable) event.preventDefault();
  }, { passive: false });
  calendar.addEventListener("touchend", event => {
    if ((dropped || stopped) && event.cancelable) event.preventDefault();
  }, { passive: false });
  calendar.addEventListener("contextmenu", event => {
    if (drag && !drag.mouse) event.preventDefault();
  });

  document.addEventListener("pointermove", event => {
    if (!drag || event.pointerId !== drag.id) return;
    drag.point = { x: event.clientX, y: event.clientY };
    if (!drag.moved) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < (drag.mouse ? 6 : 10)) return;
      if (!drag.begun && !drag.mouse) return end();
      drag.moved = true;
      if (!drag.begun) begin();
    }
    event.preventDefault();
    follow();
  });

  document.addEventListener("pointerup", event => {
    if (!drag || event.pointerId !== drag.id) return;
    const { begun, moved, mouse, entry, free, column, first, to, minute, minutes } = drag;
    end();
    if (!begun) {
      // A press on empty time puts the mark there; pressing it makes a session.
      if (mouse && !entry && !free && starts(column)[Math.floor(first / 60)]) go(column, { minute: first });
      return;
    }
    const when = moment(to, minute);
    dropped = true;
    setTimeout(() => (dropped = false), 0);
    if (!when) return;
    if (!entry) location.href = makeAddress(to, minute, moved ? minutes : undefined);
    else if (to !== column || when.getTime() !== Date.parse(entry.dataset.start)) {
      const query = new URLSearchParams({ to: value(when) });
      if (to.dataset.room) query.set("place", `Room:${to.dataset.room}`);
      location.href = `${entry.dataset.move}?${query}`;
    }
  });

  document.addEventListener("pointercancel", event => {
    if (drag && event.pointerId === drag.id) giveUp();
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !drag) return;
    event.preventDefault();
    giveUp();
  });
  // The click that follows a drop, or the end of a drag that was given up, is not meant.
  calendar.addEventListener("click", event => {
    if (dropped || stopped) return event.preventDefault();
    const free = event.target.closest(".ev-open");
    if (!free || !isStretch(free) || !event.detail || event.ctrlKey || event.metaKey || event.shiftKey || !grid()) return;
    // By keys it leads to its beginning, by hand to where it was pressed.
    const column = free.closest("[data-column]");
    const pressed = Math.floor(at(column, { y: event.clientY }) / 30) * 30;
    event.preventDefault();
    location.href = makeAddress(column, Math.max(pressed, from(column, free)));
  }, true);
  document.addEventListener("pointerdown", () => (stopped = false), true);

  function begin() {
    drag.begun = true;
    drag.to = drag.column;
    drag.ghost = Object.assign(document.createElement("div"), { className: `ev cal-ghost${drag.mouse ? "" : " cal-held"}` });
    calendar.classList.add("cal-drags");
    drag.entry?.classList.add("ev-dragged");
    if (cursor) cursor.hidden = true;
    show();
    requestAnimationFrame(glide);
  }
  function follow() {
    if (drag.entry) {
      const over = inside(drag.point);
      // A session stays with its psychologist; a room may be another.
      if (over && (over.dataset.room || over.dataset.who === drag.column.dataset.who)) drag.to = over;
      drag.minute = Math.max(0, Math.min(most - Snap, snap(at(drag.to, drag.point) - drag.grip)));
    } else {
      const minute = Math.max(0, Math.min(most, at(drag.column, drag.point)));
      drag.minute = Math.min(drag.first, Math.floor(minute / Snap) * Snap);
      drag.minutes = Math.max(drag.first + Snap, Math.ceil(minute / Snap) * Snap) - drag.minute;
    }
    show();
  }
  // Near the edge of the window the hours beyond come in.
  function glide() {
    if (!drag?.begun) return;
    const by = drag.point.y < Edge ? -8 : drag.point.y > innerHeight - Edge ? 8 : 0;
    if (by && drag.moved) {
      scrollBy({ top: by, behavior: "instant" });
      follow();
    }
    requestAnimationFrame(glide);
  }
  function show() {
    const { ghost, to, minute, minutes } = drag;
    if (ghost.parentElement !== track(to)) track(to).append(ghost);
    put(ghost, minute, minutes);
    const text = fill(drag.entry ? calendar.dataset.moving : calendar.dataset.making, `${to.dataset.name}, ${clock(minute)}–${clock(minute + minutes)}`);
    if (ghost.textContent === text) return;
    ghost.textContent = text;
    says.textContent = text;
  }
  function giveUp() {
    const { begun } = drag;
    end();
    if (!begun) return;
    says.textContent = calendar.dataset.stopped;
    stopped = true;
  }
  function end() {
    clearTimeout(drag?.rest);
    drag?.ghost?.remove();
    drag?.entry?.classList.remove("ev-dragged");
    calendar.classList.remove("cal-drags");
    drag = undefined;
  }
}

// --- The line of now, by the server's clock

function now(column) {
  const line = column.querySelector("[data-nowline]");
  return line ? minuteOf(column, new Date(Date.parse(calendar.dataset.now) + performance.now()).toISOString()) : undefined;
}
const line = calendar?.querySelector("[data-nowline]");
if (line) {
  const column = line.closest("[data-column]");
  setInterval(() => {
    const minute = now(column);
    line.hidden = minute >= rows.length * 60;
    put(line, minute);
  }, 60_000);
}

// --- On a phone a swipe turns the page

let touch;
document.addEventListener("touchstart", event => {
  const one = event.touches.length === 1 && event.target.closest("[data-swipes]") ? event.touches[0] : undefined;
  touch = one && { x: one.clientX, y: one.clientY };
}, { passive: true });
document.addEventListener("touchend", event => {
  const last = event.changedTouches[0];
  if (!touch || grid()) return;
  const [x, y] = [last.clientX - touch.x, last.clientY - touch.y];
  touch = undefined;
  if (Math.abs(x) > 70 && Math.abs(y) < 40) page(x < 0 ? "next" : "prev")?.click();
}, { passive: true });
