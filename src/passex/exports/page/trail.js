// The browser's history: views, selections and filters are steps that Back undoes; what moves with the
// pointer, the camera and the brush, changes the step at which one is.

import { toAddress } from "./state.js";

const REST = 150;

function parts(address) {
  return new URLSearchParams(address);
}

/** The fields in which two addresses differ. */
function differences(one, other) {
  const [a, b] = [parts(one), parts(other)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key));
}

export class Trail {
  constructor(data) {
    this.data = data;
    this.at = location.hash.slice(1);
    this.brushing = false;
  }

  /** Write what is shown into the address, as a step of its own or into the present one. */
  record(state) {
    clearTimeout(this.waiting);
    this.due = null;
    const address = toAddress(state, this.data);
    const changed = differences(this.at, address);
    if (!changed.length) return;
    const gentle = changed.every((key) => ["camera", "rows", "since", "until"].includes(key));
    const dated = changed.some((key) => key === "since" || key === "until");
    // A brush's first move is a step, its further ones belong to that.
    const push = !gentle || (dated && !this.brushing);
    if (push) this.brushing = dated && gentle;
    this.due = () => {
      const url = address ? `#${address}` : location.pathname + location.search;
      history[push ? "pushState" : "replaceState"](null, "", url);
      this.at = address;
    };
    if (push) this.write();
    else this.waiting = setTimeout(() => this.write(), REST);
  }

  /** Write at once what waits to be written. */
  write() {
    clearTimeout(this.waiting);
    this.due?.();
    this.due = null;
  }

  /** The address was changed by others: by Back, by Forward, or by hand. */
  follow() {
    clearTimeout(this.waiting);
    this.due = null;
    this.at = location.hash.slice(1);
    this.brushing = false;
  }
}
