// Finds as one types: the address follows, and the plain form does the same without this script.
import { follow, go } from "./_swap";

const WAIT = 120;
const field = document.querySelector<HTMLInputElement>("#q");
let timer: ReturnType<typeof setTimeout> | undefined;

field?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const seen = new URL(location.href);
    seen.search = "";
    if (field.value.trim() !== "") seen.searchParams.set("q", field.value);
    const asked = new URL(seen);
    asked.searchParams.set("typing", "yes");
    void go(asked.href, false, seen.href);
  }, WAIT);
});
if (field !== null && document.activeElement === document.body) {
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
follow();
