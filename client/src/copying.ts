/** A press on `data-copies` copies the field beside it, within `data-copied`, and says so there. */
export function copyFromFields(root: Document): void {
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-copies]") : null;
    const place = button?.closest("[data-copied]");
    const field = place?.querySelector("textarea");
    const said = place?.querySelector<HTMLElement>("[role=status]");
    if (field && said) void copy(field, said);
  });
}

/** Where the browser lets nobody copy, as at an address without encryption, the field is marked for the keyboard. */
async function copy(field: HTMLTextAreaElement, said: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = said.dataset.done ?? "";
  } catch {
    field.focus();
    field.select();
    said.textContent = said.dataset.marked ?? "";
  }
}
