// The report: what the hand is on in the text is shown at the right, and judged by one key.
import { choose, chosen, onKey } from "./_keys";

interface Sheet {
  number: number;
  kind: string;
  fields: Record<string, string>;
}

const sheet = document.querySelector<HTMLElement>("[data-sheet]");
const form = sheet?.querySelector<HTMLFormElement>("form[action$='/judge']");
const known = JSON.parse(sheet?.querySelector("script")?.textContent ?? "{}") as Record<string, Sheet>;

function item(claim: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-claim="${CSS.escape(claim)}"]`);
}

function field(name: string): HTMLInputElement | null {
  return form?.querySelector<HTMLInputElement>(`[name="${name}"]`) ?? null;
}

/** Put the value of the field that is to be corrected into the form. */
function value(claim: string): void {
  const select = form?.querySelector<HTMLSelectElement>("select[name=field]");
  const input = field("value");
  if (!select || !input) return;
  const mine = known[claim]?.fields[select.value];
  input.value = mine ?? "";
  const everywhere = field("everywhere");
  const alike = form?.querySelector("[data-alike]");
  const others = Object.entries(known).filter(([id, one]) => id !== claim && one.fields[select.value] === mine);
  const box = everywhere?.closest<HTMLElement>("label");
  if (everywhere && box) {
    everywhere.checked = false;
    box.hidden = mine === undefined || others.length === 0 || select.value === "passage";
  }
  if (alike) alike.textContent = ` (up to ${others.length} more)`;
}

/** The form stands for this claim; its words are lit in the text. */
function show(claim: string): void {
  const one = known[claim];
  for (const mark of document.querySelectorAll<HTMLElement>("mark[data-claims]")) {
    mark.toggleAttribute("data-lit", mark.dataset["claims"]?.split(" ").includes(claim) ?? false);
    mark.classList.remove("chosen");
  }
  for (const old of document.querySelectorAll("li.chosen")) {
    old.classList.remove("chosen");
    old.removeAttribute("aria-current");
  }
  if (one === undefined || sheet === null || !form) return;
  const number = sheet.querySelector("[data-number]");
  const kind = sheet.querySelector("[data-kind]");
  if (number) number.textContent = String(one.number);
  if (kind) kind.textContent = one.kind;
  const input = field("claim");
  if (input) input.value = claim;
  const select = form.querySelector<HTMLSelectElement>("select[name=field]");
  select?.replaceChildren(
    ...Object.keys(one.fields).map((name) => new Option(name.replaceAll("_", " "), name)),
  );
  value(claim);
}

function press(act: string): boolean {
  const button = form?.querySelector<HTMLButtonElement>(`button[value="${act}"]:not(.hidden)`);
  if (!button) return false;
  form?.requestSubmit(button);
  return true;
}

function first(mark: Element): string | undefined {
  return (mark as HTMLElement).dataset["claims"]?.split(" ")[0];
}

document.addEventListener("contested:chosen", (event) => {
  const claim = (event.target as HTMLElement).dataset["claim"];
  if (claim === undefined) return;
  show(claim);
  document.getElementById(claim)?.scrollIntoView({ block: "center" });
});
document.querySelector("article.text")?.addEventListener("mouseover", (event) => {
  const mark = (event.target as HTMLElement).closest("mark[data-claims]");
  const claim = mark ? first(mark) : undefined;
  const found = claim === undefined ? null : item(claim);
  if (claim === undefined || found === null || found === chosen()) return;
  // Looked at, not chosen: the text must not jump under the hand.
  for (const one of document.querySelectorAll("[data-item][data-chosen]")) one.removeAttribute("data-chosen");
  found.setAttribute("data-chosen", "");
  found.scrollIntoView({ block: "nearest" });
  show(claim);
});
document.querySelector("article.text")?.addEventListener("click", (event) => {
  const mark = (event.target as HTMLElement).closest("mark[data-claims]");
  const claim = mark ? first(mark) : undefined;
  const found = claim === undefined ? null : item(claim);
  if (found !== null) choose(found);
});
form?.querySelector("select[name=field]")?.addEventListener("change", () => value(field("claim")?.value ?? ""));

onKey("a", () => press("accept"));
onKey("r", () => press("reject"));
onKey("c", () => {
  const input = field("value");
  input?.focus();
  input?.select();
  return input !== null;
});
onKey("u", () => {
  const undo = document.querySelector<HTMLFormElement>("[data-undo] form");
  undo?.requestSubmit();
  return undo !== null;
});
