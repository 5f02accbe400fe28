// The search page without a new page: who ticks a value, takes one away or sorts gets the results of that address
// in place, and stays where they are. Whatever goes wrong, the browser goes to the address as without script.

import { offerCopying } from "./copy.js";
import { say } from "./say.js";
import { narrowLongFilters } from "./typeahead.js";

const REPLACED = ["notices", "total", "chosen", "fold-count", "found"];
const LINKS = "[rel=canonical], [rel=alternate]"; // this search elsewhere: as a feed, in the other language

export function filterInPlace() {
  const form = document.getElementById("search");
  if (form && document.getElementById("filters")) {
    new LiveSearch(form);
  }
}

class LiveSearch {
  constructor(form) {
    this.form = form;
    this.fold = form.querySelector(".mb-fold");
    this.send = form.querySelector("#filters button");
    this.body = form.querySelector(".mb-searched__body");
    this.chosen = document.getElementById("chosen");
    this.shown = here();
    form.addEventListener("change", ({ target }) => {
      if (target.id === "sort" || target.type === "checkbox") {
        this.go(this.address(), { used: target });
      }
    });
    form.addEventListener("formdata", ({ formData }) => withoutEmpty(formData));
    this.chosen.addEventListener("click", (event) => this.removed(event));
    this.send.addEventListener("click", (event) => this.finished(event));
    addEventListener("popstate", () => {
      if (here() !== this.shown) {
        this.go(location.href, { back: true });
      }
    });
  }

  // The address to which the form would go.
  address() {
    return `${this.form.getAttribute("action")}?${new URLSearchParams(new FormData(this.form, this.send))}`;
  }

  async go(address, { used, back }) {
    const kept = used?.closest(".mb-facet"); // its values may be others by the time of the answer
    this.request?.abort();
    this.request = new AbortController();
    this.body.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: this.request.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || answer.redirected || facets(page) !== facets(document)) {
        throw new Error(address);
      }
      if (!back) {
        history.pushState(null, "", address);
      }
      this.shown = here();
      const was = top(used);
      this.show(page, used, kept, back);
      scrollBy(0, top(used) - was); // the next tap hits what was meant
      this.body.removeAttribute("aria-busy");
      return true;
    } catch (error) {
      if (error.name !== "AbortError") {
        back ? location.reload() : location.assign(address);
      }
      return false;
    }
  }

  show(page, used, kept, back) {
    const at = document.activeElement.id;
    document.title = page.title;
    say(""); // the total is news, what was said of the list before is not
    for (const id of REPLACED) {
      replace(document.getElementById(id), page.getElementById(id));
    }
    const links = page.querySelectorAll(LINKS);
    document.querySelectorAll(LINKS).forEach((link, place) => {
      link.setAttribute("href", links[place].getAttribute("href"));
    });
    for (const facet of this.form.querySelectorAll(".mb-facet")) {
      const fresh = page.getElementById(facet.id);
      if (facet === kept) {
        keep(facet, fresh); // its counts are under all other filters: they stand
      } else {
        facet.open ||= fresh.open;
        replace(facet, fresh);
        narrowLongFilters(facet);
      }
    }
    if (used?.id !== "sort") {
      replace(document.getElementById("order"), page.getElementById("order"));
    }
    if (back) {
      document.getElementById("q").value = page.getElementById("q").value;
    }
    if (at && document.activeElement.id !== at) {
      document.getElementById(at)?.focus({ preventScroll: true });
    }
    offerCopying();
  }

  // A value of those chosen was taken away: the next one is there now.
  async removed(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    const place = this.links().indexOf(link);
    if (await this.go(link.href, {})) {
      const links = this.links();
      (links[Math.min(place, links.length - 2)] ?? this.chosen).focus({ preventScroll: true });
    }
  }

  links() {
    return [...this.chosen.querySelectorAll("a")];
  }

  // On a phone the results may be here already, behind the filters.
  finished(event) {
    if (this.fold.open && this.address() === this.shown) {
      event.preventDefault();
      this.fold.open = false;
      this.chosen.focus({ preventScroll: true });
      this.chosen.parentElement.scrollIntoView();
    }
  }
}

function replace(old, fresh) {
  old.hidden = fresh.hidden;
  old.replaceChildren(...fresh.childNodes);
}

function keep(facet, fresh) {
  const more = facet.querySelector(".mb-more a");
  const address = fresh.querySelector(".mb-more a")?.getAttribute("href");
  if (more && address) {
    more.setAttribute("href", address);
  }
}

function withoutEmpty(asked) {
  for (const [name, value] of [...asked]) {
    if (!value) {
      asked.delete(name);
    }
  }
}

// Where something stands in the window.
function top(element) {
  return element?.getBoundingClientRect().top ?? 0;
}

function facets(page) {
  return [...page.querySelectorAll(".mb-facet")].map((facet) => facet.id).join();
}

function here() {
  return location.pathname + location.search;
}
