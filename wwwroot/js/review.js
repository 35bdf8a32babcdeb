// Shows, while somebody types, what is already there in their words and one question. Without script the button does it.
const pause = 600;

for (const form of document.querySelectorAll("form[data-review]")) {
  const text = form.querySelector("[data-review-text]");
  const shown = form.querySelector("[data-review-shown]");
  const asked = form.querySelector("input[name$='QuestionId']");
  let timer, running;

  const look = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(form.dataset.review, { method: "POST", body: new FormData(form), signal: running.signal, headers: { "X-Requested-With": "fetch" } });
      if (!response.ok || response.redirected) return;
      shown.innerHTML = await response.text();
      const question = shown.querySelector("[data-question]");
      if (asked && question) asked.value = question.dataset.question;
    } catch (error) {
      if (error.name !== "AbortError") console.warn("The review could not be refreshed; the button still works.");
    }
  };

  text?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  });
}
