// Charts: a Vega-Lite specification, interpreted without eval, in the look of the page.
import { parse, View, Warn } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";

import { colour, sides } from "./_colours";

/** The look of the page as a Vega-Lite configuration. */
function look(): Record<string, unknown> {
  const [ink, dim, line] = [colour("--ink"), colour("--dim"), colour("--line")];
  const font = getComputedStyle(document.body).fontFamily;
  return {
    background: "transparent",
    font,
    axis: {
      labelColor: dim, titleColor: dim, domainColor: line, tickColor: line, gridColor: line,
      labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal",
    },
    legend: { labelColor: dim, titleColor: dim, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    header: { labelColor: dim, titleColor: dim },
    title: { color: ink, subtitleColor: dim, fontSize: 14, anchor: "start" },
    text: { color: ink },
    rule: { color: dim },
    view: { stroke: null },
    range: { category: sides() },
  };
}

/** Merge two configurations; the second wins. */
function merged(one: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  const out = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = out[name];
    out[name] =
      isObject(before) && isObject(value) ? merged(before, value) : value;
  }
  return out;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function specification(figure: HTMLElement): Promise<Record<string, unknown>> {
  const address = figure.dataset["src"];
  if (address !== undefined) return (await (await fetch(address)).json()) as Record<string, unknown>;
  const block = figure.querySelector('script[type="application/json"]');
  return JSON.parse(block?.textContent ?? "{}") as Record<string, unknown>;
}

const views = new WeakMap<HTMLElement, View>();

/** The view of a figure once it is drawn, for pages that listen to its signals. */
export function viewOf(figure: HTMLElement): View | undefined {
  return views.get(figure);
}

/** Draw a figure, or draw it again. */
export async function draw(figure: HTMLElement): Promise<void> {
  const place = figure.querySelector<HTMLElement>("[data-picture]");
  if (place === null) return;
  const { $schema: _, ...given } = await specification(figure);
  const wide = given["width"] === undefined && "mark" in given ? { width: "container" } : {};
  const config = merged(look(), isObject(given["config"]) ? given["config"] : {});
  // Facets and charts beside each other have the widths of their parts: they cannot be made to fit.
  const single = "mark" in given || "layer" in given;
  const fitted = single ? { autosize: { type: "fit-x", contains: "padding" } } : {};
  const spec = { ...fitted, ...wide, ...given, config, background: "transparent" };
  views.get(figure)?.finalize();
  const runtime = parse(compile(spec as unknown as TopLevelSpec).spec, {}, { ast: true });
  const view = new View(runtime, {
    container: place, renderer: "svg", hover: true, logLevel: Warn, expr: expressionInterpreter,
  } as ConstructorParameters<typeof View>[1]);
  await view.runAsync();
  views.set(figure, view);
  const svg = place.querySelector("svg");
  // A narrow screen scrolls a wide chart instead of making its words too small to read.
  place.tabIndex = place.scrollWidth > place.clientWidth ? 0 : -1;
  svg?.setAttribute("role", "img");
  svg?.setAttribute("aria-label", figure.dataset["description"] ?? "chart; the table below tells the same");
  figure.dataset["drawn"] = "yes";
}

