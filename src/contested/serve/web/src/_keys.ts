// Hands stay on the keys. A list is any element with `data-list`; its items are its `data-item`s.

/** What a key does; true when it did something. */
type Action = () => boolean;

/** The actions of the page, whichever of its scripts gave them: each script has this module. */
const page = window as unknown as { contestedKeys?: Map<string, Action> };
const actions = (page.contestedKeys ??= new Map<string, Action>());

/** Give a key something to do on this page; the page lists it in its key help. */
export function onKey(key: string, action: Action): void {
  actions.set(key, action);
}

function items(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-list] [data-item]")].filter(
    (one) => one.offsetParent !== null,
  );
}

/** The item that is chosen in the list of the page. */
export function chosen(): HTMLElement | undefined {
  return document.querySelector<HTMLElement>("[data-item][data-chosen]") ?? undefined;
}

/** Choose an item: it is marked, brought into view and told to whoever listens. */
export function choose(item: HTMLElement): void {
  for (const one of document.querySelectorAll("[data-item][data-chosen]")) one.removeAttribute("data-chosen");
  item.setAttribute("data-chosen", "");
  const link = item.querySelector<HTMLElement>("a[href], button");
  (link ?? item).focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  item.dispatchEvent(new CustomEvent("contested:chosen", { bubbles: true }));
}

function step(by: number): boolean {
  const all = items();
  if (all.length === 0) return false;
  const now = chosen();
  const index = now === undefined ? (by > 0 ? -1 : all.length) : all.indexOf(now);
  const next = all[Math.min(all.length - 1, Math.max(0, index + by))];
  if (next === undefined) return false;
  choose(next);
  return true;
}

function follow(selector: string): boolean {
  const link = chosen()?.querySelector<HTMLElement>(selector);
  link?.click();
  return link !== null && link !== undefined;
}

function help(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#keys");
  if (dialog === null) return false;
  if (dialog.open) dialog.close();
  else dialog.showModal();
  return true;
}

function search(): boolean {
  const field = document.querySelector<HTMLInputElement>("#q");
  field?.focus();
  field?.select();
  return field !== null;
}

function writing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Listen to the keys that every page has. */
export function listen(): void {
  onKey("/", search);
  onKey("?", help);
  onKey("j", () => step(1));
  onKey("k", () => step(-1));
  onKey("o", () => follow("[data-open], a[href]"));
  onKey("e", () => follow("[data-evidence]"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape" && writing(event.target)) (event.target as HTMLElement).blur();
    if (writing(event.target)) return;
    const open = document.querySelector("dialog[open]");
    if (open !== null && event.key !== "?") return;
    if (actions.get(event.key)?.() === true) event.preventDefault();
  });
  document.querySelector("button[data-help]")?.addEventListener("click", help);
  const button = document.querySelector<HTMLButtonElement>("button[data-help]");
  if (button !== null) button.hidden = false;
}
