// A slider under a network: what was told by a day, by when each arrow was first told.
import type cytoscape from "cytoscape";

const DAY = 86_400_000;

/** The day of an ISO date or a part of one, in days since 1970. */
function dayOf(text: unknown): number | null {
  if (typeof text !== "string" || !/^\d{4}/.test(text)) return null;
  const [year, month, day] = text.split("-").map((part) => Number.parseInt(part, 10));
  const time = Date.UTC(year ?? 1970, (month ?? 1) - 1, day ?? 1);
  return Number.isNaN(time) ? null : Math.floor(time / DAY);
}

/** Let the slider of `box` choose which arrows of the network are shown. */
export function slide(core: cytoscape.Core, box: HTMLElement): void {
  const line = box.querySelector<HTMLElement>("[data-slider]");
  const range = box.querySelector<HTMLInputElement>("[data-until]");
  const words = box.querySelector<HTMLOutputElement>("[data-until-words]");
  const all = box.querySelector<HTMLButtonElement>("[data-all]");
  if (line === null || range === null || words === null || all === null) return;
  const days = core.edges().map((edge) => dayOf(edge.data("first"))).filter((day) => day !== null);
  if (days.length === 0) return;
  const before = Number.parseInt(range.value, 10);
  range.min = String(Math.min(...days));
  range.max = String(Math.max(...days));
  range.value = range.dataset["moved"] === "yes" ? String(before) : range.max;
  const show = (): void => {
    const until = Number.parseInt(range.value, 10);
    const last = until >= Number.parseInt(range.max, 10);
    core.edges().forEach((edge) => {
      const day = dayOf(edge.data("first"));
      edge.style("display", last || (day !== null && day <= until) ? "element" : "none");
    });
    core.nodes().forEach((node) => {
      const seen = node.connectedEdges().some((edge) => edge.style("display") === "element");
      node.style("opacity", seen ? 1 : 0.15);
    });
    const shown = core.edges().filter((edge) => edge.style("display") === "element").length;
    const date = new Date(until * DAY).toISOString().slice(0, 10);
    words.textContent = last ? `all ${shown} arrows` : `${date}: ${shown} arrows`;
    range.setAttribute("aria-valuetext", words.textContent);
  };
  range.oninput = () => {
    range.dataset["moved"] = "yes";
    show();
  };
  all.onclick = () => {
    range.value = range.max;
    show();
  };
  line.hidden = false;
  show();
}
