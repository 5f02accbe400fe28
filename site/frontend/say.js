// What the script says to those who do not see it: in the page's one live region, where it has one.

let last;

export function say(text) {
  const place = document.getElementById("said");
  if (place) {
    clearTimeout(last);
    place.textContent = "";
    last = setTimeout(() => (place.textContent = text), 50); // the same text again is news, too
  }
}
