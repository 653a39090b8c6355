/** `data-opens="id"` shows that <dialog>. On a link, its address is where one goes with scripts off. */
export function openDialogsFromButtons(root: Document): void {
  root.addEventListener("click", (event) => {
    const opener = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-opens]") : null;
    const dialog = opener && root.getElementById(opener.dataset["opens"] ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.showModal();
  });
}
