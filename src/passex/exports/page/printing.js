// On paper: the network is drawn anew for a sheet, and nothing stays folded. (theme.js makes it light.)

import { palette } from "./shapes.js";

// The picture is as wide and as high as the style sheet makes it on paper, in the same proportion.
const SHEET = { width: 1040, height: 640 };

export function listenToPrinting(graph) {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("#side details:not([open])")];
    for (const one of folded) one.open = true;
    graph.sheet(SHEET, palette(graph.canvas), 3);
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
    graph.sheet(null);
  });
}
