// The map of incidents: marks from the server for what is seen, at the zoom at which it is seen.
import { Popup } from "maplibre-gl";
import type { ExpressionSpecification, GeoJSONSource, LayerSpecification, Map as Picture } from "maplibre-gl";

import { brushes } from "./_brush";
import { colour, sides } from "./_colours";
import { drawAll } from "./_figures";
import { draw, far, mapOf, WIDE } from "./_map";
import { pictures } from "./_marks";
import { follow, go } from "./_swap";

interface About {
  count: number;
  statuses: Record<string, number>;
  side: number;
  id?: string;
  name?: string | null;
  radius_km?: number;
  bounds?: [number, number, number, number];
}
type Mark = GeoJSON.Feature<GeoJSON.Point, About>;
interface Marks { features: Mark[]; total: number }

const SEVERITY = ["disputed", "unconfirmed", "denied", "single_source", "corroborated"];
const KM_A_DEGREE = 111.32;
const CORNERS = 48;
const WAIT = 60;
const NEAREST = 11;

/** The status of a mark that most needs a look. */
function worst(about: About): string {
  return SEVERITY.find((one) => (about.statuses[one] ?? 0) > 0) ?? "single_source";
}

/** A circle on the ground, as wide as the place is known. */
function circle([lon, lat]: number[], km: number): GeoJSON.Polygon {
  const [x, y] = [lon ?? 0, lat ?? 0];
  const wide = km / (KM_A_DEGREE * Math.max(0.05, Math.cos((y * Math.PI) / 180)));
  const ring = Array.from({ length: CORNERS + 1 }, (_, n) => {
    const turn = (2 * Math.PI * n) / CORNERS;
    return [x + wide * Math.cos(turn), y + (km / KM_A_DEGREE) * Math.sin(turn)];
  });
  return { type: "Polygon", coordinates: [ring] };
}

function side(about: About): number {
  return about.side >= 0 ? about.side : 7;
}

function points(marks: Mark[]): GeoJSON.FeatureCollection {
  const features = marks.map((one, index) => ({
    type: "Feature" as const,
    id: index,
    geometry: one.geometry,
    properties: {
      index,
      count: one.properties.count,
      words: one.properties.count.toLocaleString("en"),
      icon: one.properties.count > 1
        ? (one.properties.statuses["disputed"] ?? 0) > 0 ? "cluster-disputed" : "cluster"
        : `${worst(one.properties)}-${side(one.properties)}`,
    },
  }));
  return { type: "FeatureCollection", features };
}

function areas(marks: Mark[]): GeoJSON.FeatureCollection {
  const features = marks
    .filter((one) => (one.properties.radius_km ?? 0) > 0)
    .map((one) => ({
      type: "Feature" as const,
      geometry: circle(one.geometry.coordinates, one.properties.radius_km ?? 0),
      properties: { side: side(one.properties), status: worst(one.properties), radius: one.properties.radius_km ?? 0 },
    }));
  return { type: "FeatureCollection", features };
}

function layers(): LayerSpecification[] {
  const colours = sides();
  const by = ["match", ["get", "side"], ...colours.flatMap((one, n) => [n, one]), colours[7]] as unknown as ExpressionSpecification;
  const disputed = ["==", ["get", "status"], "disputed"] as unknown as ExpressionSpecification;
  const near = ["<=", ["get", "radius"], WIDE] as unknown as ExpressionSpecification;
  const under = { "fill-sort-key": ["-", 0, ["get", "radius"]] } as unknown as Record<string, never>;
  return [
    // What is known to lie somewhere in a country only is an outline: it covers no other mark.
    { id: "incident-areas", type: "fill", source: "areas", filter: near, layout: under, paint: { "fill-color": by, "fill-opacity": 0.09 } },
    {
      id: "incident-hatched", type: "fill", source: "areas", layout: under,
      filter: ["all", near, disputed] as unknown as ExpressionSpecification,
      paint: { "fill-pattern": ["concat", "hatch-", ["to-string", ["get", "side"]]], "fill-opacity": 0.35 },
    },
    {
      id: "incident-lines", type: "line", source: "areas",
      paint: { "line-color": by, "line-width": ["case", disputed, 2, 1], "line-opacity": ["case", near, 0.8, 0.45] },
    },
    {
      id: "incident-marks", type: "symbol", source: "marks",
      layout: {
        "icon-image": ["get", "icon"], "icon-allow-overlap": true, "icon-ignore-placement": true,
        "icon-size": ["case", [">", ["get", "count"], 1], ["interpolate", ["linear"], ["ln", ["get", "count"]], 0.7, 0.62, 4, 0.8, 9, 1.15], 1],
        "text-field": ["case", [">", ["get", "count"], 1], ["get", "words"], ""],
        "text-font": ["sans-serif"], "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true,
        "symbol-sort-key": ["get", "count"],
      },
      paint: { "text-color": colour("--ink"), "text-halo-color": colour("--paper"), "text-halo-width": 1.5 },
    },
  ] as LayerSpecification[];
}

const shown = new WeakMap<HTMLElement, Mark[]>();

/** The address under which the filters of this page are asked of another. */
function elsewhere(path: string): URL {
  const address = new URL(path, location.href);
  address.search = location.search;
  const known = ["since", "until", "place", "type", "speaker", "text", "sure", "actor", "status", "kind", "area", "changed"];
  for (const name of [...address.searchParams.keys()]) if (!known.includes(name)) address.searchParams.delete(name);
  return address;
}

function box(map: Picture): string {
  const seen = map.getBounds();
  const pad = 0.15 * (seen.getEast() - seen.getWest());
  const wide = Math.min(359, seen.getEast() - seen.getWest() + 2 * pad);
  const middle = (seen.getEast() + seen.getWest()) / 2;
  const ends = [middle - wide / 2, Math.max(-85, seen.getSouth() - pad), middle + wide / 2, Math.min(85, seen.getNorth() + pad)];
  return ends.map((one) => one.toFixed(3)).join(",");
}

let asking: AbortController | undefined;

/** Ask for the marks of what is seen, and show them. */
async function refresh(figure: HTMLElement, map: Picture): Promise<void> {
  asking?.abort();
  const mine = (asking = new AbortController());
  const address = elsewhere("/api/map/incidents");
  address.searchParams.set("zoom", map.getZoom().toFixed(1));
  address.searchParams.set("view", box(map));
  const answer = await fetch(address, { signal: mine.signal });
  // What cannot be asked is told on the page itself; the map then stays without marks.
  if (!answer.ok && answer.status !== 400) throw new Error(`${answer.status} from ${address.pathname}`);
  const found = answer.ok ? ((await answer.json()) as Marks) : { features: [], total: 0 };
  shown.set(figure, found.features);
  map.getSource<GeoJSONSource>("marks")?.setData(points(found.features));
  map.getSource<GeoJSONSource>("areas")?.setData(areas(found.features));
  tell(figure, map, found);
}

function tell(figure: HTMLElement, map: Picture, found: Marks): void {
  const seen = map.getBounds();
  const here = found.features.filter((one) => seen.contains(one.geometry.coordinates as [number, number]));
  const number = here.reduce((sum, one) => sum + one.properties.count, 0);
  const words = figure.querySelector<HTMLElement>("[data-told]");
  if (words !== null) words.textContent = `${number.toLocaleString("en")} of ${found.total.toLocaleString("en")} incidents lie here.`;
  const button = figure.querySelector<HTMLElement>("[data-area]");
  if (button !== null) button.hidden = false;
  figure.dataset["marked"] = String(number);
}

function line(words: string, href?: string): HTMLElement {
  const out = document.createElement("p");
  if (href === undefined) out.textContent = words;
  else {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = words;
    out.append(link);
  }
  return out;
}

/** What a mark says when it is clicked: a cluster opens, a spot tells what lies there. */
function open(map: Picture, one: Mark): void {
  const about = one.properties;
  const spot = one.geometry.coordinates as [number, number];
  if (about.bounds !== undefined) {
    const [west, south, east, north] = about.bounds;
    map.fitBounds([west, south, east, north], { padding: 60, maxZoom: NEAREST });
    return;
  }
  const body = document.createElement("div");
  const wide = about.radius_km === undefined ? "" : `, known to within ${about.radius_km.toLocaleString("en")} km`;
  body.append(line(`${about.name ?? "a place"}${wide}`));
  for (const status of SEVERITY) {
    const number = about.statuses[status] ?? 0;
    if (number === 0) continue;
    const words = line(` ${number.toLocaleString("en")} ${status.replace("_", " ")}`);
    const mark = document.createElement("span");
    mark.className = `mark ${status}`;
    words.prepend(mark);
    body.append(words);
  }
  const near = 0.0006;
  const list = elsewhere("/incidents");
  list.searchParams.set("area", [spot[0] - near, spot[1] - near, spot[0] + near, spot[1] + near].map((end) => end.toFixed(4)).join(","));
  body.append(about.id === undefined ? line("list them", list.href) : line("open the incident", `/incidents/${about.id}`));
  new Popup({ maxWidth: "20rem", focusAfterOpen: true }).setLngLat(spot).setDOMContent(body).addTo(map);
}

const listening = new WeakSet<Picture>();

async function picture(figure: HTMLElement): Promise<void> {
  const before = mapOf(figure);
  const map = await draw(figure);
  if (map === undefined) return;
  if (before === undefined) far(figure, 4, "the incidents");
  pictures(map);
  if (map.getSource("marks") === undefined) {
    const none = { type: "FeatureCollection", features: [] } as GeoJSON.FeatureCollection;
    map.addSource("areas", { type: "geojson", data: none });
    map.addSource("marks", { type: "geojson", data: none });
    for (const one of layers()) map.addLayer(one);
  }
  await refresh(figure, map);
  far(figure);
  if (before === undefined && !listening.has(map)) listen(figure, map);
}

function listen(figure: HTMLElement, map: Picture): void {
  listening.add(map);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(figure, map).catch(() => undefined), WAIT);
  };
  map.on("moveend", later);
  document.addEventListener("contested:swapped", later);
  map.on("click", "incident-marks", (event) => {
    const index = event.features?.[0]?.properties["index"] as number | undefined;
    const one = index === undefined ? undefined : shown.get(figure)?.[index];
    if (one !== undefined) open(map, one);
  });
  map.on("mouseenter", "incident-marks", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "incident-marks", () => { map.getCanvas().style.cursor = ""; });
  figure.querySelector("[data-area]")?.addEventListener("click", () => {
    const seen = map.getBounds();
    const address = new URL(location.href);
    address.searchParams.set("area", [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()].map((end) => end.toFixed(3)).join(","));
    address.searchParams.delete("page");
    void go(address.href);
  });
}

drawAll("incidents", picture);
brushes();
follow();
