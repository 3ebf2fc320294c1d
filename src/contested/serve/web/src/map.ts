// Draws every <figure data-map>.
import { drawAll } from "./_figures";
import { draw } from "./_map";

drawAll("map", draw);
