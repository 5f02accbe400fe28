// The only script of the public pages, a file of its own (no inline script: the content security policy is
// strict): what GOV.UK Frontend adds to the components in use, the search, and paper. Every page works without it.

import { Button, ErrorSummary, SkipLink, createAll } from "govuk-frontend";

import { noteOpenedResults } from "./clicks.js";
import { suggestWhileTyping } from "./combobox.js";
import { copyAddress } from "./copy.js";
import { filterInPlace } from "./live.js";
import { openForPrint } from "./print.js";
import { narrowLongFilters } from "./typeahead.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [Button, ErrorSummary, SkipLink]) {
  createAll(component);
}
openForPrint();
suggestWhileTyping();
narrowLongFilters(document);
filterInPlace();
copyAddress();
noteOpenedResults();
