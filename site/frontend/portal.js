// The only script of the public pages: what GOV.UK Frontend adds to the components in use.
// It is a file of its own (no inline script: the content security policy is strict), and every page works without it.

import { Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink]) {
  createAll(component);
}
