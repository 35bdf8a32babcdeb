// The small behaviours every page may use. Each looks for its own data- attribute; pages work without them.
import "./quick-exit.js";
import "./theme.js";
import "./menu.js";
import "./ask-once.js";
import "./submit-once.js";
import "./keys.js";
import "./draft.js";

for (const element of document.querySelectorAll("[data-with-script]")) element.hidden = false;
