// Hashes the file here and sends the hash alone; where the browser cannot, the file is sent as without script.
const form = document.querySelector("form[data-verify]");
const file = form?.querySelector("input[type=file]");
const hash = form?.querySelector("[data-verify-hash]");

form?.addEventListener("submit", async event => {
  if (!crypto.subtle || file.files.length === 0 || hash.value) return;
  event.preventDefault();
  const digest = await crypto.subtle.digest("SHA-256", await file.files[0].arrayBuffer());
  hash.value = [...new Uint8Array(digest)].map(b => b.toString(16).padStart(2, "0")).join("");
  file.disabled = true;
  form.requestSubmit();
});

addEventListener("pageshow", () => {
  if (!form) return;
  hash.value = "";
  file.disabled = false;
});
