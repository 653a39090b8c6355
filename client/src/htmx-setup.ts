import htmx from "htmx.org";

// Set here and not in a meta element, so that no page can forget it.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false, // its style element would break the content security policy
  selfRequestsOnly: true,
  historyCacheSize: 0, // pages hold personal data; the browser keeps no copy
  refreshOnHistoryMiss: true,
  disableInheritance: true, // as in htmx 4: every attribute stands on its own element
  responseHandling: [
    { code: "204", swap: false },
    { code: "[45]..", swap: true, error: true }, // as in htmx 4: refusals come as fragments and are shown
    { code: "...", swap: true },
  ],
});
