// Counts down what can still be taken back: [data-take-back] with data-until and data-now (the server's time); its [data-left] shows the rest.
for (const form of document.querySelectorAll("[data-take-back]")) {
  const ahead = Date.parse(form.dataset.now) - Date.now();
  const until = Date.parse(form.dataset.until);
  const left = form.querySelector("[data-left]");
  left.setAttribute("aria-hidden", "true");
  const timer = setInterval(tick, 1000);
  tick();

  function tick() {
    const rest = Math.ceil((until - Date.now() - ahead) / 1000);
    if (rest > 0) {
      left.textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
    } else {
      clearInterval(timer);
      form.querySelector("button").remove();
    }
  }
}
