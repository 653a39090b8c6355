/** Arrow keys walk through what was found, Escape goes back to the box; Enter opens, as on any link. */
export function walkThroughHits(root: Document): void {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    const box = root.querySelector<HTMLInputElement>("[data-search]");
    const hits = [...root.querySelectorAll<HTMLAnchorElement>("#search-results a")];
    const at = hits.findIndex((hit) => hit === root.activeElement);
    if (!box || (at < 0 && root.activeElement !== box)) return;
    const next = { ArrowDown: hits[at + 1], ArrowUp: hits[at - 1] ?? box, Escape: at < 0 ? undefined : box }[event.key];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
