/* Makes Wagtail's slugs from Vietnamese titles: "Đăng ký khai sinh" becomes "dang-ky-khai-sinh".
 *
 * Server and browser agree because both do the same four steps, here in `slugify`, there in home/text/folding.py:
 * Unicode NFKD and small letters; drop marks and characters without width; đ and its like by the table LETTERS;
 * every run of other characters than a-z and 0-9 is one hyphen. A test runs both on the same titles.
 *
 * How it joins in (Wagtail 8.0.1). The title field's controller w-sync sends two events to the slug field, both
 * with the title in `event.detail.value`: "w-sync:check" on focus (does the slug still belong to the title?) and
 * "w-sync:apply" while one types. The slug field's controller w-slug answers with its own `urlify`, whose table
 * has no Vietnamese. These events do not bubble, but the document sees them first in the capture phase: there the
 * value is replaced by the finished slug, which `urlify` leaves as it is. A slug typed by hand is made right when
 * the field is left (blur, or change by the Enter key), before w-slug's `slugify`, which would drop every letter
 * with a mark; not at each key, for that breaks the composing of letters by a Vietnamese keyboard.
 *
 * Not done here: what the server's normaliser repairs first in a title (TCVN3 and VNI, Cyrillic look-alikes).
 * Plain file, no dependency, nothing inline: works under a strict Content-Security-Policy. Loaded in the admin only.
 */
(() => {
  "use strict";

  const LETTERS = { "đ": "d", "ð": "d", "ɖ": "d", "ƣ": "u" };
  const DROPPED = /[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;
  const FROM_TITLE = 200; // home.models.base.SLUG_LENGTH
  const LONGEST = 255; // Wagtail's field
  const NO_SLUG = "*"; // urlify makes "" of it, and empties the field; of "" it makes nothing and leaves the field

  const slugify = (text, length) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(DROPPED, "")
      .replace(/[^\x00-\x7f]/g, (letter) => LETTERS[letter] ?? letter)
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+/, "")
      .slice(0, length)
      .replace(/-+$/, "");

  const isSlugField = (element) => element instanceof Element && element.matches('input[data-controller~="w-slug"]');

  const foldTitle = (event) => {
    if (isSlugField(event.target) && event.detail?.value) {
      event.detail.value = slugify(event.detail.value, FROM_TITLE) || NO_SLUG;
    }
  };

  const foldTyped = (event) => {
    if (isSlugField(event.target)) {
      const slug = slugify(event.target.value, LONGEST);
      if (slug !== event.target.value) {
        event.target.value = slug;
      }
    }
  };

  document.addEventListener("w-sync:check", foldTitle, true);
  document.addEventListener("w-sync:apply", foldTitle, true);
  document.addEventListener("blur", foldTyped, true);
  document.addEventListener("change", foldTyped, true);
})();
