// The terms of an agreement: while somebody types, what they mean in practice follows; rows come and go without a new page,
// and the hand goes on where the row is. On a form with data-terms. Without script its buttons do it.
const pause = 500;

for (const form of document.querySelectorAll("form[data-terms]")) attach(form);

function attach(form) {
  const body = form.querySelector("[data-terms-body]");
  const card = form.querySelector("[data-terms-card]");
  let timer, running;

  const post = async (button, signal) => {
    const response = await fetch(button.formAction, { method: "POST", body: new FormData(form, button), signal, headers: { "X-Requested-With": "fetch" } });
    if (!response.ok || response.redirected) throw new Error(`${response.status}`);
    return response.text();
  };

  const look = async button => {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    const language = card.contains(button) && button.value;
    try {
      card.innerHTML = await post(button, running.signal);
      if (language) card.querySelector(`button[value="${language}"]`)?.focus();
    } catch (error) {
      if (error.name !== "AbortError") console.warn("What this means could not be refreshed; the button still works.");
    }
  };
  const lookLater = () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(form.querySelector("[data-terms-look]")), pause);
  };

  form.addEventListener("input", lookLater);
  form.addEventListener("click", async event => {
    const button = event.target.closest("[data-terms-look], [data-terms-row]");
    if (!button) return;
    event.preventDefault();
    if (button.matches("[data-terms-look]")) return look(button);
    try {
      body.innerHTML = await post(button);
      const here = body.querySelector("[autofocus]");
      here?.focus();
      here?.select?.();
      lookLater();
    } catch {
      // Saved nothing, lost nothing: the page comes anew with the row.
      form.requestSubmit(button);
    }
  });
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
}
