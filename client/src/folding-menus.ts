/** Menus made of <details> fold away on Escape, and on a press outside them. */
export function foldMenusAway(root: Document): void {
  const open = () => root.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]");
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      const heldFocus = menu.contains(root.activeElement);
      menu.open = false;
      if (heldFocus) menu.querySelector("summary")?.focus();
    }
  });
  root.addEventListener("click", (event) => {
    for (const menu of open()) {
      if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
    }
  });
}
