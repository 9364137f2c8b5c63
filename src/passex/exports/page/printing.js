// On paper: the network is drawn anew for a sheet, in light colours, and nothing stays folded.

import { palette } from "./shapes.js";

// The picture is as wide and as high as the style sheet makes it on paper, in the same proportion.
const SHEET = { width: 1040, height: 640 };

export function listenToPrinting(graph, theme) {
  let before = "light";
  let folded = [];
  addEventListener("beforeprint", () => {
    before = document.documentElement.dataset.theme;
    theme("light");
    folded = [...document.querySelectorAll("#side details:not([open])")];
    for (const one of folded) one.open = true;
    graph.sheet(SHEET, palette(graph.canvas), 3);
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
    graph.sheet(null);
    theme(before);
  });
}
