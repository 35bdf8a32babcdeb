// Light, dark or as the system says, without loading the page again.
const year = 60 * 60 * 24 * 365;
const choices = document.querySelectorAll("a[data-theme-choice]");

for (const choice of choices) {
  choice.addEventListener("click", event => {
    event.preventDefault();
    const theme = choice.dataset.themeChoice;
    const secure = location.protocol === "https:" ? "; secure" : "";
    if (theme === "auto") {
      document.documentElement.removeAttribute("data-theme");
      document.cookie = `theme=; path=/; max-age=0; samesite=lax${secure}`;
    } else {
      document.documentElement.dataset.theme = theme;
      document.cookie = `theme=${theme}; path=/; max-age=${year}; samesite=lax${secure}`;
    }
    for (const other of choices) other.toggleAttribute("aria-current", false);
    choice.setAttribute("aria-current", "true");
  });
}
