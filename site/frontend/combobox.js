// Suggestions while typing in a search field, as a combobox (ARIA Authoring Practices: editable, list autocomplete).
// The form works without it; whatever goes wrong here is no suggestion, and nothing else.

const WAIT = 150;
const SUGGEST = /tim-kiem\/$/;

let boxes = 0;

export function suggestWhileTyping() {
  for (const input of document.querySelectorAll('form input[name="q"]')) {
    const address = new URL(input.form.action).pathname;
    if (SUGGEST.test(address) && input.closest(".mb-search")) {
      new Combobox(input, address.replace(SUGGEST, "goi-y/"));
    }
  }
}

class Combobox {
  constructor(input, address) {
    this.input = input;
    this.address = address;
    this.known = new Map();
    this.options = [];
    this.active = -1;
    this.asked = "";
    this.build(`suggestions-${++boxes}`);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    input.addEventListener("click", () => this.offer());
    // The field keeps the focus: on a phone its keyboard stays where it is.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.follow(event.target.closest("[role=option]")));
    window.addEventListener("pageshow", () => this.close());
  }

  build(id) {
    const { input } = this;
    this.list = element("ul", { id, role: "listbox", class: "mb-suggestions", hidden: "" });
    this.status = element("div", { role: "status", class: "govuk-visually-hidden" });
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
    input.type = "text"; // a search field has a role and an Escape of its own
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("autocapitalize", "none");
    input.setAttribute("spellcheck", "false");
    input.closest(".mb-search").append(this.list, this.status);
  }

  typed() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.choose(-1);
    const words = this.input.value.trim();
    this.asked = words;
    if (!words) {
      this.close();
    } else if (this.known.has(words)) {
      this.show(this.known.get(words));
    } else {
      this.timer = setTimeout(() => this.ask(words), WAIT);
    }
  }

  // What most people search, to who asks for it in an empty field: by a click, a tap or an arrow.
  offer() {
    if (!this.input.value && !this.isOpen) {
      this.asked = "";
      this.ask("");
    }
  }

  async ask(words) {
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.address}?${new URLSearchParams({ q: words })}`, {
        signal: this.request.signal,
      });
      if (!answer.ok) {
        this.close();
        return;
      }
      const found = await answer.json();
      this.known.set(words, found);
      if (words === this.asked && document.activeElement === this.input) {
        this.show(found);
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        this.close();
      }
    }
  }

  show({ suggestions, said, lang }) {
    if (!this.asked && !suggestions.length) {
      return;
    }
    this.options = suggestions.map((suggestion, place) => this.option(suggestion, place, lang));
    this.list.replaceChildren(...this.options);
    this.status.textContent = said;
    this.open(this.options.length > 0);
    this.list.scrollTop = 0;
  }

  option({ text, url, note, label }, place, lang) {
    const option = element("li", {
      id: `${this.list.id}-${place}`,
      role: "option",
      class: "mb-suggestions__option",
      "aria-selected": "false",
      "data-url": url,
    });
    const name = element("span", { class: "mb-suggestions__text", lang });
    name.textContent = text;
    option.append(name);
    if (label || note) {
      const more = element("span", { class: "mb-suggestions__note" });
      more.textContent = [label, note].filter(Boolean).join(" · ");
      option.append(" ", more);
    }
    return option;
  }

  pressed(event) {
    const { key, altKey } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey) {
      return;
    }
    const open = this.isOpen;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      this.arrow(key === "ArrowDown", altKey);
    } else if (key === "Escape" && (open || this.input.value)) {
      event.preventDefault();
      this.escape(open);
    } else if (key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.follow(this.options[this.active]);
    } else if (key === "Tab") {
      this.close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) {
      this.choose(-1); // back to the letters: the field itself moves in them
    }
  }

  // First the list goes, then what is typed.
  escape(open) {
    this.close();
    if (!open) {
      this.input.value = "";
      this.typed();
    }
  }

  arrow(down, alone) {
    if (!this.isOpen) {
      const words = this.input.value.trim();
      if (words !== this.asked || !this.options.length) {
        words ? this.typed() : this.offer();
        return;
      }
      this.open(true);
    } else if (alone && !down) {
      this.close();
      return;
    }
    if (!alone) {
      const last = this.options.length - 1;
      const next = this.active + (down ? 1 : -1);
      this.choose(next > last ? -1 : next < -1 ? last : next); // past the end one is in the field again
    }
  }

  choose(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  follow(option) {
    if (option) {
      this.close();
      window.location.assign(option.dataset.url);
    }
  }

  get isOpen() {
    return !this.list.hidden;
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.choose(-1);
    this.open(false);
    this.status.textContent = "";
  }
}

function element(name, attributes) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  return made;
}
