// Bundles the scripts of the pages, and the base map, into ../static/built.
//
//   npm ci && npm run build
//
// What is written is complete in itself: the pages fetch nothing from anywhere else.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "static", "built");
const modules = join(here, "node_modules");

/** What the files are made from, as a digest: a build that is up to date need not be repeated. */
function state() {
  const hash = createHash("sha256");
  const sources = readdirSync(join(here, "src")).sort().map((name) => join("src", name));
  for (const name of ["build.mjs", "package.json", "package-lock.json", ...sources]) {
    hash.update(name).update("\0").update(readFileSync(join(here, name))).update("\0");
  }
  return hash.digest("hex");
}

/** The licences of everything bundled, as their packages carry them. */
function licences(inputs) {
  const found = new Map();
  for (const input of inputs) {
    const name = input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
    if (name === undefined || found.has(name)) continue;
    const about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    const file = readdirSync(join(modules, name)).find((one) => /^licen[cs]e/i.test(one));
    found.set(name, {
      name,
      version: about.version,
      licence: typeof about.license === "string" ? about.license : "see the text",
      home: about.homepage ?? "",
      text: file === undefined ? "" : readFileSync(join(modules, name, file), "utf8").trim(),
    });
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });

const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: readdirSync(join(here, "src"))
    .filter((name) => name.endsWith(".ts") && !name.startsWith("_") && !name.endsWith(".d.ts"))
    .map((name) => join("src", name)),
  outdir: built,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome123", "firefox120", "safari17.5"],
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
cpSync(
  join(modules, "maplibre-gl/dist/maplibre-gl-worker.mjs"),
  join(built, "maplibre-worker.js"),
);
cpSync(join(modules, "maplibre-gl/dist/maplibre-gl.css"), join(built, "maplibre.css"));
cpSync(join(modules, "world-atlas/countries-50m.json"), join(built, "world.json"));

const inputs = [...Object.keys(result.metafile.inputs), "node_modules/world-atlas/countries-50m.json"];
writeFileSync(join(built, "licences.json"), JSON.stringify(licences(inputs), null, 1));
writeFileSync(join(built, "state"), state());
