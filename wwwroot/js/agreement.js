// The agreement page: says how far one has read, tells the server once that the page is really looked at, keeps the rest of
// the page as it is while a question on a clause is asked, and looks again for a copy that is still being made.
const clauses = [...document.querySelectorAll("[data-clause]")];
const bar = document.querySelector("[data-read-progress]");
const count = document.querySelector("[data-read-count]");

if (bar && clauses.length > 0) {
  // A clause is read when its end has come into view; going back does not unread it.
  let most = 0;
  const show = () => {
    most = Math.max(most, clauses.filter(clause => clause.getBoundingClientRect().bottom < innerHeight).length);
    bar.value = most;
    count.textContent = count.dataset.text.replace("{0}", most).replace("{1}", clauses.length);
  };
  addEventListener("scroll", () => requestAnimationFrame(show), { passive: true });
  bar.hidden = count.hidden = false;
  show();
}

const viewed = document.querySelector("form[data-viewed]");
if (viewed && document.visibilityState === "visible") tell();
else if (viewed) document.addEventListener("visibilitychange", tell, { once: true });

function tell() {
  fetch(viewed.action, { method: "post", body: new FormData(viewed), keepalive: true }).catch(() => { });
}

if (document.querySelector("[data-reload-soon]")) setTimeout(() => location.reload(), 4000);

// What was typed elsewhere on the page stays; only the talk about this clause is drawn anew.
document.addEventListener("submit", async event => {
  const form = event.target.closest("form[data-ask]");
  if (!form || event.submitter?.value === "Accept") return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  const talk = form.closest("[data-talk]");
  try {
    const answer = await fetch(form.action, { method: "post", body });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const anew = page.getElementById(talk.id);
    if (!anew) throw new Error("no talk");
    talk.replaceWith(anew);
    const danger = page.querySelector("[data-danger]");
    if (danger) anew.prepend(danger);
    const focus = anew.querySelector("[aria-invalid]") ?? danger ?? anew.querySelector("li:last-child");
    focus?.setAttribute("tabindex", "-1");
    focus?.focus();
    focus?.scrollIntoView({ block: "center" });
  } catch {
    form.removeAttribute("data-ask");
    form.requestSubmit(event.submitter);
  }
}, { capture: true });
