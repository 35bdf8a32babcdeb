// The agreement page: says how far one has read, tells the server once that the page is really looked at, and looks again
// for a copy that is still being made.
const clauses = [...document.querySelectorAll("[data-clause]")];
const bar = document.querySelector("[data-read-progress]");
const count = document.querySelector("[data-read-count]");

if (bar && clauses.length > 0) {
  // A clause is read when its end has come into view; going back does not unread it.
  let most = 0;
  const show = () => {
    most = Math.max(most, clauses.filter(clause => clause.lastElementChild.getBoundingClientRect().bottom < innerHeight).length);
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
