// Arrows walk the week: left and right to the same hour of the next day, up and down through a day; "m" moves the session in focus.
const calendar = document.querySelector("[data-calendar]");
const days = calendar ? [...calendar.querySelectorAll(".cal-day")].map(day => [...day.querySelectorAll("[data-entry]")]) : [];

calendar?.addEventListener("keydown", event => {
  const entry = event.target.closest("[data-entry]");
  if (!entry || event.ctrlKey || event.metaKey || event.altKey) return;
  const column = days.findIndex(day => day.includes(entry));
  const row = days[column].indexOf(entry);
  const next = { ArrowUp: () => days[column][row - 1], ArrowDown: () => days[column][row + 1], ArrowLeft: () => beside(-1), ArrowRight: () => beside(1) }[event.key];
  if (next) {
    event.preventDefault();
    next()?.focus();
  } else if (event.key === "m" && entry.dataset.move) {
    event.preventDefault();
    location.href = entry.dataset.move;
  }

  function beside(step) {
    for (let i = column + step; days[i]; i += step)
      if (days[i].length > 0) return days[i].reduce((best, other) => distance(other) < distance(best) ? other : best);
  }
  function distance(other) {
    return Math.abs(quarter(other) - quarter(entry));
  }
});

function quarter(entry) {
  return Number([...entry.classList].find(name => /^q\d+$/.test(name))?.slice(1) ?? 0);
}
