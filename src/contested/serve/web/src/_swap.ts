// Parts of a page that follow the address: a link or a form to the same page changes them in place.

let running: AbortController | undefined;

/** Parts of the page as the server makes them for another address of the same page. */
export async function go(address: string, push = true, seen = address): Promise<void> {
  running?.abort();
  const mine = (running = new AbortController());
  const main = document.querySelector("main");
  main?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: mine.signal });
    if (!answer.ok || answer.redirected) return location.assign(seen);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine.signal.aborted) return;
    put(page);
    if (push) history.pushState(null, "", seen);
    else history.replaceState(null, "", seen);
    document.dispatchEvent(new CustomEvent("contested:swapped"));
  } catch (error) {
    if (!mine.signal.aborted) location.assign(seen);
  } finally {
    if (running === mine) main?.removeAttribute("aria-busy");
  }
}

function put(page: Document): void {
  const focus = document.activeElement;
  const name = focus instanceof HTMLInputElement || focus instanceof HTMLSelectElement ? focus.name : undefined;
  const href = focus instanceof HTMLAnchorElement ? focus.getAttribute("href") : undefined;
  const within = focus?.closest("[data-part]")?.id;
  for (const part of document.querySelectorAll<HTMLElement>("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (fresh !== null) part.replaceWith(document.adoptNode(fresh));
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>("footer a")) {
    const words = link.textContent;
    const fresh = [...page.querySelectorAll<HTMLAnchorElement>("footer a")].find((one) => one.textContent === words);
    if (fresh !== undefined) link.setAttribute("href", fresh.getAttribute("href") ?? "");
  }
  document.title = page.title;
  if (within === undefined) return;
  const part = document.getElementById(within);
  const again = name ? part?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]:not([type=hidden])`) : undefined;
  const link = href ? part?.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"]`) : undefined;
  (again ?? link ?? part?.querySelector<HTMLElement>("a, button"))?.focus({ preventScroll: true });
}

/** Whether an address is of this page, so that its parts can change in place. */
function here(address: URL): boolean {
  return address.origin === location.origin && address.pathname === location.pathname && address.hash === "";
}

function clicked(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (link === null || link.closest("main") === null) return;
  const address = new URL(link.getAttribute("href") ?? "", location.href);
  if (!here(address)) return;
  event.preventDefault();
  void go(address.href);
}

function sent(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "get") return;
  const address = new URL(form.action, location.href);
  if (!here(address) || form.closest("main") === null) return;
  event.preventDefault();
  address.search = "";
  for (const [name, value] of new FormData(form).entries()) {
    if (typeof value === "string" && value.trim() !== "") address.searchParams.append(name, value);
  }
  void go(address.href);
}

/** Have links, forms, choices and the back key change the parts of this page in place. */
export function follow(): void {
  document.addEventListener("click", clicked);
  document.addEventListener("submit", sent);
  document.addEventListener("change", (event) => {
    const one = event.target;
    if (one instanceof HTMLSelectElement && one.form?.classList.contains("filters")) one.form.requestSubmit();
  });
  addEventListener("popstate", () => void go(location.href, false));
}
