// Draws every <figure data-network>.
import { drawAll } from "./_figures";
import { draw } from "./_network";

drawAll("network", draw);
