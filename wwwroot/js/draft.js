// What could not be sent yet, kept on this computer as ciphertext. The key comes with the page of whoever may write and
// is never stored, so the text is unreadable after signing out, and to the next person at this computer.

const prefix = "draft:";
const bytes = base64 => Uint8Array.from(atob(base64), c => c.charCodeAt(0));
const base64 = buffer => btoa(Array.from(new Uint8Array(buffer), b => String.fromCharCode(b)).join(""));

export class Draft {
  #key; #name; #release;

  /** @returns {Promise<Draft|null>} null where the browser cannot encrypt; then nothing is kept */
  static async open(id, key) {
    if (!crypto.subtle || !navigator.locks || !key) return null;
    const draft = new Draft();
    draft.#key = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
    draft.#name = `${prefix}${id}:${crypto.randomUUID()}`;
    // Held as long as this tab lives: tells a tab's own draft from one left behind.
    await new Promise(ready => navigator.locks.request(draft.#name, () => {
      ready();
      return new Promise(release => { draft.#release = release; });
    }));
    return draft;
  }

  async keep(content) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(content));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: this.#place(this.#name) }, this.#key, plain);
    try { localStorage.setItem(this.#name, `${base64(iv)}.${base64(sealed)}`); } catch { return false; }
    return true;
  }

  forget() { localStorage.removeItem(this.#name); }

  /** Takes over what a closed tab left behind; unreadable remains are removed. */
  async leftBehind() {
    const found = [];
    const own = this.#name.slice(0, this.#name.lastIndexOf(":") + 1);
    for (const name of Object.keys(localStorage).filter(n => n.startsWith(own) && n !== this.#name)) {
      await navigator.locks.request(name, { ifAvailable: true }, async free => {
        if (!free) return;
        const [iv, sealed] = (localStorage.getItem(name) ?? "").split(".");
        try {
          const plain = await crypto.subtle.decrypt(
            { name: "AES-GCM", iv: bytes(iv), additionalData: this.#place(name) }, this.#key, bytes(sealed));
          found.push({ ...JSON.parse(new TextDecoder().decode(plain)), drop: () => localStorage.removeItem(name) });
        } catch {
          localStorage.removeItem(name);
        }
      });
    }
    return found;
  }

  #place(name) { return new TextEncoder().encode(name); }
}

export function forgetAll() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
}

for (const form of document.querySelectorAll("form[action$=\"/sign-out\"]")) form.addEventListener("submit", forgetAll);
