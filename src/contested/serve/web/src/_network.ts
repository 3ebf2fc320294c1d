// Networks: nodes and edges as JSON, laid out on this machine.
import cytoscape from "cytoscape";

import { colour, sides } from "./_colours";
import { slide } from "./_nettime";

/** Where more arrows are drawn, only the chosen ones carry their names. */
const NAMED = 25;

interface Given {
  nodes: { id: string; name: string; side?: number; weight?: number; href?: string }[];
  edges: { source: string; target: string; name?: string; weight?: number; standing?: string; first?: string | null }[];
}

async function graph(figure: HTMLElement): Promise<Given> {
  const address = figure.dataset["src"];
  if (address !== undefined) return (await (await fetch(address)).json()) as Given;
  return JSON.parse(figure.querySelector('script[type="application/json"]')?.textContent ?? "") as Given;
}

// Cytoscape adds a style element unless it finds one of this name; the policy of the pages forbids
// that, and style.css says the same.
const STYLE = "__________cytoscape_stylesheet";

function withoutStyle(): void {
  if (document.getElementById(STYLE) !== null) return;
  const mark = document.createElement("meta");
  mark.id = STYLE;
  document.head.append(mark);
}

const drawn = new WeakMap<HTMLElement, cytoscape.Core>();

/** The network of a figure once it is drawn. */
export function networkOf(figure: HTMLElement): cytoscape.Core | undefined {
  return drawn.get(figure);
}

/** Draw a figure, or draw it again. */
export async function draw(figure: HTMLElement): Promise<void> {
  const place = figure.querySelector<HTMLElement>("[data-picture]");
  if (place === null) return;
  withoutStyle();
  const given = await graph(figure);
  const colours = sides();
  drawn.get(figure)?.destroy();
  const core = cytoscape({
    container: place,
    elements: [
      ...given.nodes.map((one) => ({
        data: { ...one, colour: colours[one.side ?? 7], size: 14 + 6 * Math.sqrt(one.weight ?? 1) },
      })),
      ...given.edges.map((one, index) => ({
        data: { ...one, id: `edge-${index}`, width: 1 + Math.sqrt(one.weight ?? 1) },
      })),
    ],
    style: [
      {
        selector: "node",
        style: {
          "background-color": "data(colour)", width: "data(size)", height: "data(size)",
          label: "data(name)", color: colour("--ink"), "font-size": 12,
          "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": "120px",
          "text-background-color": colour("--paper"), "text-background-opacity": 0.75,
        },
      },
      {
        selector: "edge",
        style: {
          width: "data(width)", "line-color": colour("--dim"), "target-arrow-color": colour("--dim"),
          "target-arrow-shape": "triangle", "curve-style": "bezier", opacity: 0.7,
        },
      },
      { selector: 'edge[standing = "disputed"]', style: { "line-style": "dashed", "line-color": colour("--warn"), "target-arrow-color": colour("--warn") } },
      { selector: 'edge[standing = "denied"], edge[standing = "alleged"]', style: { "line-style": "dotted" } },
      { selector: given.edges.length > NAMED ? "edge:selected" : "edge[name]", style: { label: "data(name)", "font-size": 11, color: colour("--dim"), "text-rotation": "autorotate" } },
      { selector: ":selected", style: { "border-width": 3, "border-color": colour("--accent"), "line-color": colour("--accent") } },
    ],
    layout: {
      name: "cose", animate: false, randomize: false, padding: 20, nodeOverlap: 24,
      nodeDimensionsIncludeLabels: true, idealEdgeLength: () => 100, nodeRepulsion: () => 40_000,
    },
    minZoom: 0.2,
    maxZoom: 4,
    userZoomingEnabled: figure.dataset["zoom"] === "yes",
  });
  core.on("dbltap", "node", (event) => {
    const href: unknown = event.target.data("href");
    if (typeof href === "string") location.assign(href);
  });
  drawn.set(figure, core);
  const box = figure.closest<HTMLElement>("[data-networktime]");
  if (box !== null) slide(core, box);
  figure.dataset["drawn"] = "yes";
}
