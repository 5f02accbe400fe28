// A field above a long filter that narrows its values by what is typed, with or without diacritics. The page has
// the first values; all of them come from an address of their own, once, when the field is first used.

import { say } from "./say.js";

export function narrowLongFilters(part) {
  for (const box of part.querySelectorAll("[data-narrow]")) {
    new Narrow(box);
  }
}

class Narrow {
  constructor(box) {
    this.box = box;
    this.field = box.querySelector("input");
    this.list = document.getElementById(this.field.getAttribute("aria-controls"));
    this.more = box.parentElement.querySelector(".mb-more");
    this.field.addEventListener("focus", () => this.complete(), { once: true });
    this.field.addEventListener("input", () => this.narrow());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault(); // it would send the form
      }
    });
    box.hidden = false;
  }

  async complete() {
    const link = this.more?.querySelector("a");
    if (!link) {
      return;
    }
    try {
      const answer = await fetch(new URL(`muc/${link.search}`, link));
      if (!answer.ok) {
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const ticked = new Set([...this.list.querySelectorAll(":checked")].map((input) => input.id));
      const known = new Set([...this.list.querySelectorAll("input")].map((input) => input.id));
      for (const input of page.querySelectorAll("input")) {
        input.checked = known.has(input.id) ? ticked.has(input.id) : input.checked;
      }
      this.list.replaceChildren(...page.body.children);
      this.list.classList.add("mb-narrow__all");
      this.more.remove();
      this.narrow();
    } catch {
      // The link is still there.
    }
  }

  narrow() {
    const words = folded(this.field.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const item of this.list.children) {
      item.folded ??= folded(item.textContent);
      const ticked = item.querySelector("input").checked;
      item.hidden = !ticked && !words.every((word) => item.folded.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    if (words.length) {
      say(this.box.dataset.said.replace("NUMBER", shown));
    }
  }
}

function folded(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/g, "d")
    .replace(/\s+/g, " ")
    .trim();
}
