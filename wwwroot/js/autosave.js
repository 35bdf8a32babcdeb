// Saves a form while somebody writes: form[data-autosave=URL], with an input [data-autosave-version] that says which text the
// server last gave. Answers: 200 {version, savedAt} · 409 {version, texts} another tab has a newer text · 410 signed
// meanwhile · a redirect means signed out. What is not saved yet is kept on this computer as ciphertext (draft.js).
import { Draft } from "./draft.js";
import { merge } from "./merge.js";

const pause = 2500, atLatest = 8000, keepPause = 300;

class Autosave {
  #form; #draft; #base; #sent; #dirtySince = 0; #sending = null; #timer; #keepTimer; #retry = 3000; #newer = null; #unanswered = null; #stopped = false;

  constructor(form) {
    this.#form = form;
    this.#base = this.#texts();
    form.addEventListener("input", () => this.#changed());
    form.addEventListener("change", () => this.#changed(0));
    form.addEventListener("focusout", () => this.flush());
    form.addEventListener("submit", event => this.#beforeSubmit(event));
    form.querySelector("[data-without-script]")?.remove();
    addEventListener("pageshow", () => { this.#leaving = false; });
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.flush({ keepalive: true }); });
    this.#part("join")?.addEventListener("click", () => this.#resolve(true));
    this.#part("take")?.addEventListener("click", () => this.#resolve(false));
    this.#open();
  }

  async #open() {
    const { draft: id, draftKey } = this.#form.dataset;
    delete this.#form.dataset.draftKey;
    this.#greetOtherTabs(id);
    this.#draft = await Draft.open(id, draftKey);
    for (const left of await this.#draft?.leftBehind() ?? []) {
      const { texts, both } = merge(left.base, left.texts, this.#texts(), name => this.#isChoice(name));
      if (Object.entries(texts).some(([name, text]) => text !== this.#base[name])) {
        this.#write(texts);
        this.#say(both.length ? "joined" : "returned");
        await this.#keep();
      }
      left.drop();
    }
    if (this.#dirty) this.#changed();
    this.#form.dataset.ready = "";
  }

  get #dirty() { return !same(this.#texts(), this.#base); }

  #changed(delay = pause) {
    if (!this.#dirty || this.#stopped) return;
    this.#dirtySince ||= Date.now();
    if (!this.#newer) this.#say("unsaved");
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => this.#keep(), keepPause);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), Math.max(0, Math.min(delay, this.#dirtySince + atLatest - Date.now())));
  }

  /** Sends what is unsaved, one request at a time; resolves to whether the server has everything. */
  async flush({ keepalive = false } = {}) {
    // Everybody who waited looks again: the first of them may already be sending what the others meant.
    while (this.#sending) await this.#sending;
    if (this.#newer || this.#stopped) return false;
    if (!this.#dirty) return true;
    this.#sending = this.#send(keepalive);
    try { return await this.#sending; } finally { this.#sending = null; }
  }

  async #send(keepalive) {
    clearTimeout(this.#timer);
    this.#sent = this.#texts();
    const body = new URLSearchParams(new FormData(this.#form));
    let answer;
    try {
      answer = await fetch(this.#form.dataset.autosave, {
        method: "POST", body, redirect: "manual", headers: { Accept: "application/json" },
        keepalive: keepalive && body.toString().length < 60000,
      });
    } catch {
      this.#unanswered = this.#sent;
      return this.#later("offline");
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return this.#later("signedout");
    if (answer.ok) return this.#saved(await answer.json());
    if (answer.status === 409) return this.#conflict(await answer.json());
    if (answer.status === 410) return this.#handOver();
    return this.#later("failed");
  }

  #saved({ version, savedAt }) {
    this.#part("version").value = version;
    this.#base = this.#sent;
    this.#dirtySince = 0;
    this.#retry = 3000;
    if (this.#dirty) this.#changed();
    else {
      clearTimeout(this.#keepTimer);
      this.#draft?.forget();
      const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: this.#form.dataset.zone });
      this.#say("saved", time.format(new Date(savedAt)));
      this.#channel?.postMessage("saved");
    }
    return true;
  }

  async #later(state) {
    const kept = await this.#keep();
    this.#say(kept ? state : `${state}-unkept`, "", state);
    this.#timer = setTimeout(() => this.flush(), this.#retry);
    this.#retry = Math.min(this.#retry * 2, 60000);
    return false;
  }

  // Signed meanwhile in another tab: the server lays what was typed here into the field of an addendum.
  #handOver() {
    this.#stopped = true;
    this.#draft?.forget();
    this.#form.submit();
    return false;
  }

  async #conflict(newer) {
    // Our own text, whose answer got lost on the way.
    if (this.#unanswered && same(newer.texts, this.#unanswered)) {
      this.#sent = this.#unanswered;
      return this.#saved({ version: newer.version, savedAt: Date.now() });
    }
    this.#newer = newer;
    await this.#keep();
    this.#say("conflict");
    const note = this.#part("conflict");
    if (note) {
      note.hidden = false;
      note.scrollIntoView({ block: "nearest" });
    }
    return false;
  }

  #resolve(join) {
    const { version, texts } = this.#newer;
    const mine = this.#texts();
    this.#part("version").value = version;
    this.#write(join ? merge(this.#base, mine, texts, name => this.#isChoice(name)).texts : texts);
    this.#base = { ...this.#base, ...texts };
    this.#newer = null;
    this.#part("conflict").hidden = true;
    if (this.#dirty) this.#changed(0);
    else {
      this.#draft?.forget();
      this.#say("joined");
    }
    this.#form.querySelector("textarea")?.focus();
  }

  // A button that leaves the page waits until everything is on the server; without a connection nothing is sent half.
  #beforeSubmit(event) {
    if (event.defaultPrevented || this.#leaving) return;
    event.preventDefault();
    this.flush().then(all => {
      if (!all) return this.#part("status")?.scrollIntoView({ block: "nearest" });
      this.#leaving = true;
      // After the event that was stopped is over: until then the browser takes no second one.
      setTimeout(() => this.#form.requestSubmit(event.submitter));
    });
  }
  #leaving = false;

  #channel = null;
  #greetOtherTabs(id) {
    if (!("BroadcastChannel" in window)) return;
    this.#channel = new BroadcastChannel(`draft:${id}`);
    const tell = () => { const note = this.#part("elsewhere"); if (note) note.hidden = false; };
    this.#channel.onmessage = ({ data }) => {
      if (data === "here?") this.#channel.postMessage("here");
      if (data === "here") tell();
    };
    this.#channel.postMessage("here?");
  }

  async #keep() {
    clearTimeout(this.#keepTimer);
    return this.#dirty && await this.#draft?.keep({ base: this.#base, texts: this.#texts() });
  }

  #fields() { return [...this.#form.querySelectorAll("textarea[name],select[name]")]; }
  #texts() { return Object.fromEntries(this.#fields().map(f => [f.name, f.value])); }
  #write(texts) { for (const field of this.#fields()) if (field.name in texts) field.value = texts[field.name]; }
  #isChoice(name) { return this.#form.elements[name]?.tagName === "SELECT"; }
  #part(name) { return this.#form.querySelector(`[data-autosave-${name}]`) ?? document.querySelector(`[data-autosave-${name}]`); }

  // The sentences are in the page, in the reader's language: <template data-say="saved">Saved at {0}</template>
  #say(state, value = "", fallback = state) {
    const status = this.#part("status");
    if (!status) return;
    const sentence = status.querySelector(`template[data-say="${state}"]`) ?? status.querySelector(`template[data-say="${fallback}"]`);
    const line = status.querySelector("[data-autosave-line]");
    const next = (sentence?.innerHTML ?? "").replace("{0}", value);
    status.dataset.state = state;
    // Somebody who listens to the page is told of trouble, not of every saved sentence.
    status.ariaLive = state === "saved" || state === "unsaved" ? "off" : "polite";
    if (line.innerHTML !== next) line.innerHTML = next;
  }
}

const same = (a, b) => Object.keys({ ...a, ...b }).every(name => (a[name] ?? "") === (b[name] ?? ""));

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
