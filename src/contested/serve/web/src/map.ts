// Draws every <div data-map>: the base map, and the GeoJSON of its page over it.
import { draw } from "./_map";
import { onTheme } from "./_colours";

function all(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("figure[data-map]")) {
    draw(figure).catch((error: unknown) => {
      figure.dataset["drawn"] = "no";
      const place = figure.querySelector<HTMLElement>("[data-picture]");
      if (place !== null) place.textContent = `The map cannot be drawn (${String(error)}). The table tells the same.`;
      figure.querySelector("details")?.setAttribute("open", "");
    });
  }
}

all();
onTheme(all);
