// A button with data-ask="heading", data-ask-text="what follows" and data-ask-yes="the deed" asks once, in a dialog, before it submits.
// Without script the form's own page says the same beside the button.
const dialog = document.querySelector("dialog[data-dialog]");

if (dialog) {
  document.addEventListener("click", event => {
    const button = event.target.closest("button[data-ask]");
    if (!button || button.dataset.asked) return;
    event.preventDefault();
    dialog.querySelector("[data-dialog-heading]").textContent = button.dataset.ask;
    dialog.querySelector("[data-dialog-text]").textContent = button.dataset.askText ?? "";
    dialog.querySelector("[data-dialog-yes]").textContent = button.dataset.askYes ?? button.textContent;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "yes") {
        button.dataset.asked = "yes";
        button.form.requestSubmit(button);
        delete button.dataset.asked;
      } else {
        button.focus();
      }
    }, { once: true });
    dialog.showModal();
  });
}
