/* Has the portal's own search offer procedures and decisions that fit an article, in its editor.
 *
 * The public search is asked with the title, then with the lead; what both know comes first. Our own
 * address then says which pages these are, and a button adds one to Wagtail's list.
 */
(() => {
  const MOST = 8;
  const RANK = 60;
  const LONGEST = 300;

  async function json(address) {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  function text(id) {
    return (document.getElementById(id)?.value || "").trim().replace(/\s+/g, " ").slice(0, LONGEST);
  }

  async function found(search, words) {
    if (!words) return [];
    const query = new URLSearchParams([["q", words], ["type", "procedure"], ["type", "decision"]]);
    return (await json(`${search}?${query}`)).results;
  }

  function ranked(lists) {
    const scores = new Map();
    lists.forEach(({ results, weight }) =>
      results.forEach(({ url }, place) => scores.set(url, (scores.get(url) || 0) + weight / (RANK + place))),
    );
    return [...scores].sort((one, other) => other[1] - one[1]).map(([url]) => url);
  }

  function chosen(box) {
    const fields = document.querySelectorAll(`[id^="${box.dataset.prefix}-"][id$="-${box.dataset.field}"]`);
    return new Set(
      [...fields].filter((field) => !field.closest(".deleted")).map((field) => field.value).filter(Boolean),
    );
  }

  function add(box, page) {
    const { prefix, field, relation } = box.dataset;
    const panel = window.wagtail.editHandler.getPanelByName(relation);
    panel.addForm();
    const place = Number(document.getElementById(`${prefix}-TOTAL_FORMS`).value) - 1;
    const chooser = document.getElementById(`${prefix}-${place}-${field}-chooser`);
    chooser.widget.setState({ id: page.id, adminTitle: page.title, editUrl: page.edit_url });
  }

  function row(box, page, say) {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const kind = document.createElement("small");
    const button = document.createElement("button");
    words.textContent = page.title;
    kind.textContent = page.type;
    words.append(kind);
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = box.dataset.add;
    button.setAttribute("aria-label", `${box.dataset.add}: ${page.title}`);
    button.addEventListener("click", () => {
      const next = item.nextElementSibling || item.previousElementSibling;
      add(box, page);
      item.remove();
      say(`${box.dataset.added} ${page.title}`);
      (next?.querySelector("button") || box.querySelector("[data-related-ask]")).focus();
    });
    item.append(words, button);
    return item;
  }

  async function offer(box) {
    const list = box.querySelector("[data-related-list]");
    const said = box.querySelector("[data-related-said]");
    const say = (words) => { said.textContent = words; };
    const [title, lead] = [text("id_title"), text("id_lead")];
    list.replaceChildren();
    if (!title && !lead) return say(box.dataset.empty);
    try {
      const [byTitle, byLead] = await Promise.all([
        found(box.dataset.search, title),
        found(box.dataset.search, lead),
      ]);
      const urls = ranked([{ results: byTitle, weight: 2 }, { results: byLead, weight: 1 }]).slice(0, 3 * MOST);
      const query = new URLSearchParams(urls.map((url) => ["address", url]));
      const known = chosen(box);
      const pages = urls.length ? (await json(`${box.dataset.pages}?${query}`)).pages : [];
      const fitting = pages.filter(({ id }) => !known.has(String(id))).slice(0, MOST);
      list.append(...fitting.map((page) => row(box, page, say)));
      say(fitting.length ? "" : box.dataset.nothing);
    } catch {
      say(box.dataset.failed);
    }
  }

  function start() {
    for (const box of document.querySelectorAll("[data-related-offers]")) {
      box.querySelector("[data-related-ask]").addEventListener("click", () => offer(box));
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
