// The marks of incidents as pictures for the map: by status, in the colour of a side; never by
// colour alone. The same shapes as in lists and legends.
import type { Map as Picture } from "maplibre-gl";

import { colour, sides } from "./_colours";

const STATUSES = ["corroborated", "single_source", "disputed", "unconfirmed", "denied"];
const SIZE = 18;
const SHARP = 2;

type Draw = (pen: CanvasRenderingContext2D, size: number) => void;

function image(size: number, draw: Draw): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * SHARP;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (pen === null) throw new Error("no canvas");
  pen.scale(SHARP, SHARP);
  draw(pen, size);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Slanted lines over a square, in one colour. */
function hatch(pen: CanvasRenderingContext2D, size: number, ink: string, wide: number, step: number): void {
  pen.strokeStyle = ink;
  pen.lineWidth = wide;
  for (let at = -size; at < 2 * size; at += step) {
    pen.beginPath();
    pen.moveTo(at, size);
    pen.lineTo(at + size, 0);
    pen.stroke();
  }
}

function mark(status: string, ink: string, paper: string): Draw {
  return (pen, size) => {
    const middle = size / 2;
    pen.beginPath();
    if (status === "disputed") pen.rect(2, 2, size - 4, size - 4);
    else pen.arc(middle, middle, middle - 3, 0, 2 * Math.PI);
    pen.fillStyle = status === "corroborated" ? ink : paper;
    pen.fill();
    pen.save();
    pen.clip();
    if (status === "disputed") hatch(pen, size, ink, 1.6, 4);
    pen.restore();
    pen.strokeStyle = ink;
    pen.lineWidth = 2.2;
    if (status === "unconfirmed") pen.setLineDash([2, 2]);
    pen.stroke();
    if (status === "denied") {
      pen.setLineDash([]);
      pen.beginPath();
      pen.moveTo(3, size - 3);
      pen.lineTo(size - 3, 3);
      pen.stroke();
    }
  };
}

function cluster(disputed: boolean, ink: string, paper: string): Draw {
  return (pen, size) => {
    const middle = size / 2;
    const ring = (radius: number): void => {
      pen.beginPath();
      pen.arc(middle, middle, radius, 0, 2 * Math.PI);
    };
    ring(middle - 1.5);
    pen.fillStyle = paper;
    pen.fill();
    if (disputed) {
      pen.save();
      pen.clip();
      hatch(pen, size, ink, 2, 5);
      pen.restore();
      ring(middle - 8);
      pen.fill();
    }
    pen.strokeStyle = ink;
    pen.lineWidth = 1.6;
    ring(middle - 1.5);
    pen.stroke();
  };
}

/** Give the map its pictures: `STATUS-SIDE`, `cluster`, `cluster-disputed` and `hatch-SIDE`. */
export function pictures(map: Picture): void {
  const [paper, ink] = [colour("--paper"), colour("--ink")];
  const colours = sides();
  const put = (name: string, data: ImageData): void => {
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, data, { pixelRatio: SHARP });
  };
  colours.forEach((side, number) => {
    for (const status of STATUSES) put(`${status}-${number}`, image(SIZE, mark(status, side, paper)));
    put(`hatch-${number}`, image(16, (pen, size) => hatch(pen, size, side, 1.4, 8)));
  });
  put("cluster", image(48, cluster(false, ink, paper)));
  put("cluster-disputed", image(48, cluster(true, ink, paper)));
}
