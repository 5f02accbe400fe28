/* The side panel "Kiểm tra trước khi đăng": sends the form as it stands, shows what the server found, leads to it.
 *
 * How it joins in (Wagtail 8.0.1). The form's controller w-unsaved looks at the form twice a second and sends
 * "w-unsaved:add" after each change; the preview and the autosave listen to the same event. One request is under
 * way at a time; a change meanwhile is sent when it has come back. A finding's place is a "content path", the names
 * and ids of `data-contentpath` from the field down; where blocks have gone meanwhile, it leads as far as it can.
 * Plain file, nothing inline.
 */
(() => {
  "use strict";

  const PAUSE = 700; // milliseconds without a change
  const LOADED = 400; // and after loading, until the editor has made its fields

  const OPENED = 100; // and until a tab or a block that was closed is open
  const SETTLED = 600; // and until nothing scrolls any more

  const spaceless = (text) => text.replace(/\s+/g, "");

  /* Where in a text the marked words stand: of several places the one with the same words before it. */
  const placeOf = (text, words, before) => {
    const tail = spaceless(before).slice(-20);
    let first = -1;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      if (spaceless(text.slice(Math.max(0, at - 60), at)).endsWith(tail)) return at;
      if (first < 0) first = at;
    }
    return first;
  };

  const reveal = (element) => {
    for (let parent = element; parent; parent = parent.parentElement) {
      if (parent.matches('[role="tabpanel"][hidden]')) {
        document.querySelector(`[role="tab"][aria-controls="${parent.id}"], [role="tab"][href="#${parent.id}"]`)?.click();
      } else if (parent.matches(".w-panel__content[hidden]")) {
        document.querySelector(`[data-panel-toggle][aria-controls="${parent.id}"]`)?.click();
      }
    }
  };

  const selectIn = (editable, words, before) => {
    const walker = document.createTreeWalker(editable, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const at = placeOf(text, words, before);
    if (at < 0) return editable;
    const point = (place) => {
      const [start, node] = nodes.findLast(([begin]) => begin <= place);
      return [node, place - start];
    };
    const [node, offset] = point(at);
    const [last, end] = point(at + words.length - 1);
    getSelection().setBaseAndExtent(node, offset, last, end + 1);
    return node.parentElement;
  };

  /* On a small screen the panel covers the form. */
  const uncover = () => {
    const side = document.querySelector("[data-form-side]");
    if (side && side.getBoundingClientRect().width > innerWidth * 0.8) {
      side.querySelector("[data-form-side-close-button]")?.click();
    }
  };

  const fieldAt = (path) => {
    let field = document.querySelector("[data-edit-form]");
    for (const part of path.split(".").filter(Boolean)) {
      const name = CSS.escape(part);
      const inner = field.querySelector(`[data-contentpath="${name}"], [id="id_${name}-FORMS"]`);
      if (!inner) break;
      field = inner;
    }
    return field;
  };

  /* A finding about a field as a whole: its first control gets the focus. */
  const enter = (field) => {
    const control = field.querySelector("input:not([type=hidden]), select, textarea, [contenteditable=true], button");
    control?.focus({ preventScroll: true });
    field.scrollIntoView({ block: field.clientHeight > innerHeight ? "start" : "center" });
  };

  const select = (field, words, before) => {
    const inputs = [...field.querySelectorAll('textarea, input[type="text"], [contenteditable="true"]')];
    const holds = (input) => placeOf(input.value ?? input.textContent, words, before) >= 0;
    const input = inputs.find(holds) ?? inputs[0];
    let shown = input ?? field;
    input?.focus({ preventScroll: true });
    if (input?.isContentEditable) {
      shown = selectIn(input, words, before);
    } else if (input) {
      const at = placeOf(input.value, words, before);
      if (at >= 0) input.setSelectionRange(at, at + words.length);
    }
    shown.scrollIntoView({ block: "center" });
  };

  const go = (button) => {
    const { figuresPath: path, figuresText: words, figuresBefore: before } = button.dataset;
    const field = fieldAt(path);
    uncover();
    reveal(field);
    // A tab that is opened anew scrolls back to where it was, a moment later.
    for (const pause of words ? [OPENED] : [OPENED, SETTLED]) {
      setTimeout(() => (words ? select(field, words, before) : enter(field)), pause);
    }
  };

  const start = (panel) => {
    const form = document.querySelector("[data-edit-form]");
    const status = panel.querySelector("[data-figures-status]");
    const results = panel.querySelector("[data-figures-results]");
    const counter = document.querySelector('[data-side-panel-toggle="figures"] [data-side-panel-toggle-counter]');
    let timer;
    let underWay = false;
    let again = false;

    const show = (html) => {
      results.innerHTML = html;
      const { figuresCount: count, figuresSaid: said } = results.firstElementChild.dataset;
      status.textContent = said;
      counter.textContent = count;
      counter.hidden = count === "0";
    };

    const check = async () => {
      if (underWay) {
        again = true;
        return;
      }
      underWay = true;
      try {
        const answer = await fetch(panel.dataset.figuresUrl, { method: "POST", body: new FormData(form) });
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        show(await answer.text());
      } catch {
        status.textContent = status.dataset.figuresFailed;
      }
      results.removeAttribute("aria-busy");
      underWay = false;
      if (again) {
        again = false;
        later();
      }
    };

    const later = (pause = PAUSE) => {
      clearTimeout(timer);
      timer = setTimeout(check, pause);
    };

    document.addEventListener("w-unsaved:add", () => later());
    form.addEventListener("input", () => later()); // w-unsaved takes the first two seconds for the form as it was
    results.addEventListener("click", (event) => {
      const button = event.target.closest("[data-figures-path]");
      if (button) go(button);
    });
    later(LOADED);
  };

  window.addEventListener("load", () => {
    const panel = document.querySelector("[data-figures]");
    if (panel && document.querySelector("[data-edit-form]")) start(panel);
  });
})();
