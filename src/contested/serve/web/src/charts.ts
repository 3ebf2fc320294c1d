// Draws every <figure data-chart>.
import { draw } from "./_charts";
import { drawAll } from "./_figures";

drawAll("chart", draw);
