// The evidence as a sheet, and where the focus goes when what had it is gone: it is never lost.

import { byId } from "./dom.js";

/** Whether the evidence lies over the page as a sheet, so that the picture stays in sight. */
export function sheet() {
  return window.innerWidth <= 900;
}

/** Give the focus back to what had it before, or else to the view that is shown. */
export function focusView(view, before) {
  const there = before && before !== document.body && before.isConnected && before.checkVisibility();
  const own = { network: byId("canvas"), map: byId("map").querySelector('.mark[tabindex="0"]') }[view];
  (there ? before : (own ?? byId(`tab-${view}`))).focus({ preventScroll: sheet() });
}
