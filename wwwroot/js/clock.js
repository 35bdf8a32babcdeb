// A quiet clock for the hour: [data-clock] with data-start, data-end, data-now (the server's time). Says what is left in
// words the page brought, template[data-left=one|few|many|other|before|over], and shows [data-clock-closing] near the end.

const minute = 60000;

function attach(clock) {
  const { start, end, now } = clock.dataset;
  const [from, to] = [Date.parse(start), Date.parse(end)];
  const ahead = Date.parse(now) - Date.now();
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const [time, left, line] = ["b", "[data-clock-left]", "progress"].map(s => clock.querySelector(s));
  const closing = document.querySelector("[data-clock-closing]");
  const clockTime = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: clock.dataset.zone });
  const words = name => clock.querySelector(`template[data-left="${name}"]`)?.innerHTML;

  function tick() {
    const at = Date.now() + ahead;
    const rest = Math.ceil((to - at) / minute);
    time.textContent = clockTime.format(at);
    const sentence = at < from ? words("before") : rest > 0 ? words(plural.select(rest)) ?? words("other") : words("over");
    left.textContent = (sentence ?? "").replace("{0}", Math.abs(rest));
    line.value = Math.min(line.max, Math.max(0, Math.floor((at - from) / minute)));
    if (closing) closing.hidden = !(rest <= 10 && rest > 0 && at >= from);
    setTimeout(tick, minute - at % minute + 50);
  }
  tick();
}

for (const clock of document.querySelectorAll("[data-clock]")) attach(clock);
