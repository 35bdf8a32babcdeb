// What a closed tab could not send before the protocol was signed elsewhere: laid into the field of an addendum, on
// textarea[data-left-behind=ID] with data-draft-key. Nothing is sent by itself.
import { Draft } from "./draft.js";

async function attach(field) {
  const draft = await Draft.open(field.dataset.leftBehind, field.dataset.draftKey);
  delete field.dataset.draftKey;
  for (const left of await draft?.leftBehind() ?? []) {
    const unsent = Object.entries(left.texts).filter(([name, text]) => text.trim() && text !== left.base[name] && !name.endsWith("Note"));
    field.value = [field.value, ...unsent.map(([, text]) => text)].filter(Boolean).join("\n\n");
    if (unsent.length) field.closest("details").open = true;
    field.form.addEventListener("submit", left.drop);
  }
}

for (const field of document.querySelectorAll("textarea[data-left-behind]")) attach(field);
