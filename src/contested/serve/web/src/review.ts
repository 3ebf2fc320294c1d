// The review by keys that never move: a r c m x l u n s.
import { onKey } from "./_keys";

const form = document.querySelector<HTMLFormElement>("form.answer");

function press(value: string): boolean {
  const button = form?.querySelector<HTMLButtonElement>(`button[value="${value}"]:not(.hidden)`);
  if (!button) return false;
  form?.requestSubmit(button);
  return true;
}

function write(name: string): boolean {
  const input = form?.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  input?.focus();
  input?.select();
  return input !== null && input !== undefined;
}

const field = form?.querySelector<HTMLSelectElement>("select[name=field]");
field?.addEventListener("change", () => {
  const input = form?.querySelector<HTMLInputElement>("input[name=value]");
  if (input) input.value = field.selectedOptions[0]?.dataset["value"] ?? "";
});

onKey("a", () => press("accept"));
onKey("r", () => press("reject"));
onKey("l", () => press("skip"));
onKey("x", () => press("split"));
onKey("c", () => write("value"));
onKey("n", () => write("reason"));
// Of a claim one first has to say with which incident.
onKey("m", () => {
  const other = form?.querySelector<HTMLInputElement>("input[name=other]");
  return other && other.value === "" ? write("other") : press("merge");
});
onKey("u", () => {
  const undo = document.querySelector<HTMLFormElement>("[data-undo] form");
  undo?.requestSubmit();
  return undo !== null;
});
onKey("s", () => {
  const score = document.querySelector<HTMLDetailsElement>("[data-score]");
  if (score) score.open = !score.open;
  return score !== null;
});
// Enter in the field of an incident merges; everywhere else it corrects, which without a change does nothing.
form?.querySelector("input[name=other]")?.addEventListener("keydown", (event) => {
  if ((event as KeyboardEvent).key === "Enter") {
    event.preventDefault();
    press("merge");
  }
});
