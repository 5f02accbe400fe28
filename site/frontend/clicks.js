// Tells the portal which result a person opened: the page and its place, for the sums by which the search gets
// better. Results are plain links, and nothing waits for this.

const ADDRESS = "/tim-kiem/mo/";
const MIDDLE = 1;

function note(event) {
  const link = event.target.closest?.("[data-asked] a[data-rank][data-page]");
  if (!link || (event.type === "auxclick" && event.button !== MIDDLE)) {
    return;
  }
  const opened = new URLSearchParams(link.closest("[data-asked]").dataset.asked);
  opened.delete("page");
  opened.set("rank", link.dataset.rank);
  opened.set("id", link.dataset.page);
  navigator.sendBeacon(ADDRESS, opened);
}

export function noteOpenedResults() {
  document.addEventListener("click", note);
  document.addEventListener("auxclick", note);
}
