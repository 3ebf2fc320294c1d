// The base map and the marks of incidents, shared by every page with a map.
import { AttributionControl, Map as Picture, NavigationControl, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

import { colour } from "./_colours";

type World = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;
type Geo = GeoJSON.FeatureCollection;

const kept = new WeakMap<HTMLElement, Picture>();
const fetched = new Map<string, Promise<unknown>>();

/** The map of a figure once it is drawn. */
export function mapOf(figure: HTMLElement): Picture | undefined {
  return kept.get(figure);
}

/** JSON of this server, fetched once. */
export async function json<T>(address: string): Promise<T> {
  let found = fetched.get(address);
  if (found === undefined) {
    found = fetch(address).then(async (answer) => {
      if (!answer.ok) throw new Error(`${answer.status} from ${address}`);
      return (await answer.json()) as unknown;
    });
    fetched.set(address, found);
  }
  return (await found) as T;
}

const STEPS = 4;

/** Say how far a map is; without words that it is there. */
export function far(figure: HTMLElement, step = 0, words = ""): void {
  let told = figure.querySelector<HTMLElement>(".map-far");
  if (words === "") return told?.remove();
  if (told === null) {
    told = document.createElement("p");
    told.className = "map-far dim";
    told.setAttribute("role", "status");
    figure.querySelector("[data-picture]")?.before(told);
  }
  told.textContent = `Loading the map, ${step} of ${STEPS}: ${words} …`;
}

/** Land, borders and names, in the colours of the page. */
async function base(figure: HTMLElement): Promise<StyleSpecification> {
  const again = kept.has(figure);
  if (!again) far(figure, 1, "land and borders");
  // Both are asked for at once; only what is said of them comes one after the other.
  const named = json<Geo>(figure.dataset["labels"] ?? "");
  const world = await json<World>(figure.dataset["world"] ?? "");
  if (!again) far(figure, 2, "names of places");
  const labels = await named;
  if (!again) far(figure, 3, "drawing land and names");
  const borders = mesh(world, world.objects.countries, (one, other) => one !== other);
  const name = (id: string, kind: string, from: number, to: number, size: number): LayerSpecification => ({
    id, type: "symbol", source: "labels", minzoom: from, maxzoom: to,
    filter: ["==", ["get", "kind"], kind],
    layout: { "text-field": ["get", "name"], "text-size": size, "text-font": ["sans-serif"], "text-padding": 6,
      "symbol-sort-key": ["-", 0, ["get", "weight"]], "text-max-width": 8 },
    paint: { "text-color": colour("--dim"), "text-halo-color": colour("--land"), "text-halo-width": 1.2 },
  });
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: feature(world, world.objects.land) as GeoJSON.GeoJSON },
      borders: { type: "geojson", data: borders, attribution: "Natural Earth" },
      labels: { type: "geojson", data: labels },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--land") } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": colour("--border"), "line-width": 1 } },
      name("countries", "country", 1, 7, 13),
      name("provinces", "admin1", 4.5, 24, 12),
      name("districts", "admin2", 6.5, 24, 11),
      name("capitals", "capital", 4.5, 24, 12),
    ],
  };
}

/** An area so wide, in kilometres, says no more than a country: drawn as an outline, it covers nothing. */
export const WIDE = 150;

/** The marks of incidents: an area as wide as its precision, with its status as its line. */
export function marks(source: string): LayerSpecification[] {
  const ink = colour("--ink");
  const disputed = ["==", ["get", "status"], "disputed"] as unknown as boolean;
  return [
    {
      id: `${source}-areas`, type: "fill", source,
      filter: ["all", ["==", ["geometry-type"], "Polygon"], ["<=", ["coalesce", ["get", "radius"], 0], WIDE]],
      layout: { "fill-sort-key": ["-", 0, ["coalesce", ["get", "radius"], 0]] },
      paint: { "fill-color": ["coalesce", ["get", "colour"], colour("--accent")], "fill-opacity": ["case", disputed, 0.22, 0.12] },
    },
    {
      id: `${source}-lines`, type: "line", source, filter: ["==", ["geometry-type"], "Polygon"],
      paint: {
        "line-color": ["coalesce", ["get", "colour"], colour("--accent")],
        "line-width": ["case", disputed, 2.5, 1.2],
        "line-dasharray": ["match", ["get", "status"], "unconfirmed", ["literal", [1, 2]], "denied", ["literal", [4, 3]], ["literal", [1, 0]]],
      },
    },
    {
      id: `${source}-points`, type: "circle", source, filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": ["case", ["has", "point_count"], ["interpolate", ["linear"], ["sqrt", ["get", "point_count"]], 1, 9, 30, 26], 6],
        "circle-color": ["match", ["get", "status"], ["corroborated", "disputed"], ["coalesce", ["get", "colour"], colour("--accent")], colour("--paper")],
        "circle-stroke-color": ["case", disputed, ink, ["coalesce", ["get", "colour"], colour("--accent")]],
        "circle-stroke-width": ["case", disputed, 3, 1.8],
      },
    },
  ] as LayerSpecification[];
}

/** Draw a figure, or draw it again in other colours. */
export async function draw(figure: HTMLElement): Promise<Picture | undefined> {
  const place = figure.querySelector<HTMLElement>("[data-picture]");
  if (place === null) return undefined;
  setWorkerUrl(figure.dataset["worker"] ?? "");
  const style = await base(figure);
  let map = kept.get(figure);
  if (map === undefined) {
    const [west, south, east, north] = (figure.dataset["bounds"] ?? "60,23,78,38").split(",").map(Number);
    map = new Picture({
      container: place, style, attributionControl: false, dragRotate: false, pitchWithRotate: false,
      maxZoom: 12, bounds: [west ?? 60, south ?? 23, east ?? 78, north ?? 38],
      fitBoundsOptions: { padding: 30 }, cooperativeGestures: false,
    });
    map.addControl(new NavigationControl({ showCompass: false }));
    map.addControl(new AttributionControl({ compact: false }));
    kept.set(figure, map);
  } else map.setStyle(style);
  const drawn = map;
  await new Promise<void>((done) => drawn.once("idle", () => done()));
  await layer(figure, drawn);
  far(figure);
  figure.dataset["drawn"] = "yes";
  return drawn;
}

/** Lay the page's own GeoJSON over the base map. */
async function layer(figure: HTMLElement, map: Picture): Promise<void> {
  const block = figure.querySelector('script[type="application/json"]');
  const address = figure.dataset["src"];
  if (block === null && address === undefined) return;
  const data = address === undefined ? (JSON.parse(block?.textContent ?? "") as Geo) : await json<Geo>(address);
  const before = map.getSource<GeoJSONSource>("incidents");
  if (before !== undefined) before.setData(data);
  else {
    map.addSource("incidents", { type: "geojson", data });
    for (const one of marks("incidents")) map.addLayer(one);
  }
}
