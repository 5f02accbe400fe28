// Copies the address of the page. Without script, or where the browser lets no page write to the clipboard, there
// is no such button: the address bar has it.

import { say } from "./say.js";

const SHOWN_FOR = 4000;

export function copyAddress() {
  offerCopying();
  document.addEventListener("click", ({ target }) => {
    const box = target.closest?.("[data-copy]");
    if (box) {
      copy(box);
    }
  });
}

export function offerCopying() {
  for (const box of document.querySelectorAll("[data-copy]")) {
    box.hidden = !navigator.clipboard;
  }
}

async function copy({ dataset, firstElementChild: button }) {
  const done = await navigator.clipboard.writeText(location.href.split("#")[0]).then(
    () => true,
    () => false,
  );
  const said = done ? dataset.said : dataset.failed;
  const name = (dataset.name ??= button.textContent);
  say(said);
  button.textContent = said;
  setTimeout(() => (button.textContent = name), SHOWN_FOR);
}
