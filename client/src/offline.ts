/** Say in words that the computer with Tryggve didn't answer; the words stand hidden in the page. */
export function tellWhenOffline(root: Document): void {
  const show = (lost: boolean) => root.querySelectorAll<HTMLElement>("[data-offline]").forEach((box) => {
    box.hidden = !lost;
  });
  root.addEventListener("htmx:sendError", () => show(true));
  root.addEventListener("htmx:afterOnLoad", () => show(false));
}
