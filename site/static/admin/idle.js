// Watches the session of an editor: warns before it ends, lets one stay, and keeps what is written when it has.
(() => {
  const own = document.getElementById("session-watch").dataset;
  if (document.body?.classList.contains("login")) return;
  const WARNING = Number(own.warning);
  const REPORT = Math.min(60, WARNING / 2) * 1000; // milliseconds between two signs of a person
  let timer;
  let reported = Date.now();
  let user = null;
  let dialog = null;

  const ask = (method = "GET") =>
    fetch(own.state, {
      method,
      credentials: "same-origin",
      headers: {
        "X-Requested-With": "XMLHttpRequest",
        "X-CSRFToken": window.wagtailConfig?.CSRF_TOKEN ?? "",
      },
    });

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  const show = (title, text, label, act, tag = "button") => {
    dialog?.remove();
    dialog = document.createElement("dialog");
    dialog.className = "mb-session";
    dialog.setAttribute("aria-labelledby", "mb-session-title");
    element("h2", title, dialog).id = "mb-session-title";
    element("p", text, dialog);
    const button = element(tag, label, dialog);
    button.className = "button";
    act(button);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
    button.focus();
  };

  const close = () => {
    dialog?.remove();
    dialog = null;
  };

  const over = () => dialog !== null && "over" in dialog.dataset;

  const stay = async () => {
    reported = Date.now();
    const answer = await ask("POST");
    close();
    await look(answer);
  };

  const warn = () => {
    if (dialog) return;
    show(own.title, own.text, own.stay, (button) => button.addEventListener("click", stay));
  };

  const ended = () => {
    clearTimeout(timer);
    if (over()) return;
    show(
      own.ended,
      own.kept,
      own.again,
      (link) => {
        link.href = own.login;
        link.target = "_blank";
      },
      "a",
    );
    dialog.dataset.over = "";
    window.addEventListener("focus", comeBack);
    document.addEventListener("visibilitychange", comeBack);
    comeBack(); // another tab may have logged in already
  };

  /* Takes the token, which each login changes, and returns the state; null: the session of this page is over. */
  const renew = async (answer) => {
    if (!answer.ok) return null;
    const now = await answer.clone().json();
    user ??= now.user;
    if (now.user !== user) {
      if (dialog) dialog.querySelector("p").textContent = own.other;
      return null;
    }
    for (const input of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) input.value = now.token;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = now.token;
    return now;
  };

  // Another tab has logged in: the forms of this page get the new token, and go on.
  const comeBack = async () => {
    if (document.hidden) return;
    const answer = await ask().catch(() => null);
    if (answer === null || !(await renew(answer))) return;
    window.removeEventListener("focus", comeBack);
    document.removeEventListener("visibilitychange", comeBack);
    close();
    await look(answer);
  };

  /* A form is sent once the session is known to be there: the login page would take what is written. */
  let known = false;
  const hold = async (event) => {
    const form = event.target;
    const button = event.submitter;
    if (known || !form.matches("[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const answer = await ask().catch(() => null);
    if (answer !== null && answer.status < 500 && !(await renew(answer))) {
      button?.setAttribute("data-w-progress-loading-value", "false"); // Wagtail lets it be pressed again
      return ended();
    }
    const disabled = button?.disabled; // by Wagtail, at the click: what is disabled is not sent
    if (disabled) button.disabled = false;
    known = true;
    form.requestSubmit(button);
    known = false;
    if (disabled) button.disabled = true;
  };

  const look = async (answer) => {
    const found = answer ?? (await ask().catch(() => null));
    clearTimeout(timer);
    if (found === null || found.status >= 500) {
      timer = setTimeout(look, 10_000); // the server is away for a moment
      return;
    }
    if (!found.ok) return user === null ? undefined : ended(); // nobody was logged in on this page
    const now = await renew(found);
    if (now === null) return ended();
    const { left } = now;
    if (left <= WARNING) {
      warn();
      timer = setTimeout(look, Math.max(left, 1) * 1000 + 500);
    } else {
      if (dialog) close(); // another tab has stayed
      timer = setTimeout(look, (left - WARNING) * 1000);
    }
  };

  const sign = () => {
    if (dialog || Date.now() - reported < REPORT) return;
    reported = Date.now();
    ask("POST").then((answer) => look(answer.ok ? answer : undefined)).catch(() => {});
  };

  // Another tab may have stayed, or logged out: who comes back to this one is told at once.
  const arrive = () => {
    if (!document.hidden && user !== null && !over()) look();
  };

  document.addEventListener("submit", hold, true);
  document.addEventListener("w-autosave:error", arrive);
  window.addEventListener("focus", arrive);
  document.addEventListener("visibilitychange", arrive);
  for (const event of ["keydown", "pointerdown"]) document.addEventListener(event, sign, { passive: true });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => look());
  else look();
})();
