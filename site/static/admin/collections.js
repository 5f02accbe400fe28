/* The editor of a collection: counts what is found while one chooses, and narrows long lists of choices.
 *
 * A request is sent only when a field of the query has changed, some time after the last change; one that is
 * overtaken is given up. Wagtail's date fields tell nobody but its form controller, whose "w-unsaved:add" says so.
 * Plain file, nothing inline; without it the lists are plain checkboxes.
 */
(() => {
  "use strict";

  const PAUSE = 400; // milliseconds without a change

  /* As the server compares: without diacritics, đ is d. */
  const folded = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/\s+/g, " ").trim();

  const startCount = (panel) => {
    const form = panel.closest("form");
    const answer = panel.querySelector("[data-collection-answer]");
    const names = new Set(panel.dataset.fields.split(" "));
    let asked = null;
    let timer;
    let controller = new AbortController();

    const query = () => {
      const pairs = [...new FormData(form)].filter(([name, value]) => names.has(name) && value !== "");
      return new URLSearchParams(pairs).toString();
    };

    const count = async () => {
      const wanted = query();
      if (wanted === asked) return;
      asked = wanted;
      controller.abort();
      controller = new AbortController();
      answer.setAttribute("aria-busy", "true");
      try {
        const response = await fetch(panel.dataset.url, {
          method: "POST",
          body: new FormData(form),
          signal: controller.signal,
        });
        if (!response.ok || response.redirected) throw new Error(response.status);
        const wasClosed = answer.querySelector("details:not([open])");
        answer.innerHTML = await response.text();
        if (wasClosed) answer.querySelector("details")?.removeAttribute("open");
      } catch (error) {
        if (error.name === "AbortError") return;
        asked = null;
        const bar = answer.querySelector(".mb-collecting__bar");
        bar.textContent = panel.dataset.failed;
      }
      answer.removeAttribute("aria-busy");
    };

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(count, PAUSE);
    };

    form.addEventListener("input", later);
    form.addEventListener("change", later);
    document.addEventListener("w-unsaved:add", later);
    later();
  };

  const startValues = (box) => {
    const filter = box.querySelector("[data-values-filter]");
    if (!filter) return;
    const none = box.querySelector("[data-values-none]");
    const chosen = box.querySelector("[data-values-chosen]");
    const options = [...box.querySelectorAll("label")].map((label) => ({
      label,
      input: label.querySelector("input"),
      name: label.textContent.trim(),
      key: ` ${folded(label.textContent)}`,
    }));

    const narrow = () => {
      const words = folded(filter.value).split(" ").filter(Boolean);
      let shown = 0;
      for (const { label, key } of options) {
        const fits = words.every((word) => key.includes(` ${word}`));
        label.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      none.textContent = shown ? "" : none.dataset.text;
    };

    const pill = ({ input, name }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "mb-values__pill";
      button.textContent = name;
      button.title = chosen.dataset.remove;
      button.setAttribute("aria-label", `${chosen.dataset.remove}: ${name}`);
      button.addEventListener("click", () => {
        input.checked = false;
        input.dispatchEvent(new Event("change", { bubbles: true }));
        filter.focus();
      });
      const item = document.createElement("li");
      item.append(button);
      return item;
    };

    const list = () => chosen.replaceChildren(...options.filter(({ input }) => input.checked).map(pill));

    filter.addEventListener("input", (event) => {
      event.stopPropagation(); // no change of the query
      narrow();
    });
    filter.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // which would save the page
      if (event.key === "Escape" && filter.value) {
        filter.value = "";
        narrow();
      }
    });
    box.addEventListener("change", list);
    box.querySelector("[data-values-tools]").hidden = false;
    list();
  };

  window.addEventListener("load", () => {
    document.querySelectorAll("[data-values]").forEach(startValues);
    document.querySelectorAll("[data-collection-count]").forEach(startCount);
  });
})();
