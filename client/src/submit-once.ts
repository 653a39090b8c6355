const SENT = "data-sent";

/** A second press on the same button must not send a form twice. `data-repeatable` lets a form (a download) off. */
export function submitOnce(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || isExempt(form)) return;
    if (form.hasAttribute(SENT)) {
      event.preventDefault();
      return;
    }
    form.setAttribute(SENT, "");
    form.setAttribute("aria-busy", "true");
  });
  // A page brought back with the back button may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll(`form[${SENT}]`)) {
      form.removeAttribute(SENT);
      form.removeAttribute("aria-busy");
    }
  });
}

function isExempt(form: HTMLFormElement): boolean {
  return form.method === "dialog" || form.hasAttribute("hx-post") || "repeatable" in form.dataset;
}
