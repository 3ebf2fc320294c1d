// Figures of a page: drawn once, drawn again when the theme changes, replaced by words on failure.
import { onTheme } from "./_colours";

function failed(figure: HTMLElement, kind: string, error: unknown): void {
  figure.dataset["drawn"] = "no";
  const words = `The ${kind} cannot be drawn (${String(error)}). What stands below tells the same.`;
  const place = figure.querySelector<HTMLElement>("[data-picture]");
  if (place !== null) place.textContent = words;
  figure.querySelector(".map-far")?.remove();
  figure.querySelector("details")?.setAttribute("open", "");
}

/** Draw every figure of a kind, and again whenever the theme changes. */
export function drawAll(kind: string, draw: (figure: HTMLElement) => Promise<unknown>): void {
  const all = (): void => {
    for (const figure of document.querySelectorAll<HTMLElement>(`figure[data-${kind}]`)) {
      draw(figure).catch((error: unknown) => failed(figure, kind, error));
    }
  };
  all();
  onTheme(all);
}
