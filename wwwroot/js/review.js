// Shows, while somebody types, what is already there in their words, one question, and the language that was read; takes
// an answer over into the words. On any element with data-review inside a form. Without script its buttons do it.
const pause = 600;

for (const place of document.querySelectorAll("[data-review]")) attach(place, place.closest("form"));

function attach(place, form) {
  const text = place.querySelector("[data-review-text]");
  const shown = place.querySelector("[data-review-shown]");
  const answer = () => shown.querySelector("[data-review-answer]");
  let timer, running;

  const look = async (address = place.dataset.review) => {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(address, { method: "POST", body: new FormData(form), signal: running.signal, headers: { "X-Requested-With": "fetch" } });
      if (!response.ok || response.redirected) return false;
      const fragment = await response.text();
      // Nobody's words are taken from under their hands.
      if (answer() === document.activeElement && answer().value.trim()) return false;
      shown.innerHTML = fragment;
      return true;
    } catch (error) {
      if (error.name !== "AbortError") console.warn("The review could not be refreshed; the button still works.");
      return false;
    }
  };

  text?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  });
  // One question at a time, also where several texts stand on one page.
  const open = () => {
    for (const part of form.querySelectorAll("[data-review-shown], [data-review-more]")) part.hidden = !place.contains(part);
  };
  place.addEventListener("focusin", open);
  if (place === form.querySelector("[data-review]")) open();
  place.querySelector("[data-review-language]")?.addEventListener("change", () => look());
  for (const button of place.querySelectorAll("[data-review-look]")) button.hidden = true;

  shown?.addEventListener("click", async event => {
    const button = event.target.closest("[data-review-append], [data-review-another]");
    if (!button) return;
    event.preventDefault();
    if (button.matches("[data-review-append]")) {
      const said = answer().value.trim();
      if (!said) return answer().focus();
      text.value = text.value.trim() ? `${text.value.trimEnd()}\n${said}` : said;
      answer().value = "";
      const asked = shown.querySelector("[data-review-asked]");
      asked.value = `${asked.value} ${shown.querySelector("[data-question]").dataset.question}`.trim();
      text.focus();
      await look();
    } else if (await look(button.formAction)) shown.querySelector("[data-review-another]")?.focus();
  });
}
