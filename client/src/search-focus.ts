/** "/" goes to the search box, unless one is writing. */
export function focusSearchOnSlash(root: Document): void {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const box = root.querySelector<HTMLInputElement>("[data-search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
