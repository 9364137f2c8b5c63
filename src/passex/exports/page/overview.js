// What the right-hand column opens with: a finding in words, and the ties with most exercises with a quote each.

import { el, link, say } from "./dom.js";
import { bestQuote, placed } from "./quotes.js";
import { initial } from "./state.js";

const FIRST = 6;
const FILTERS = ["include", "domain", "since", "until", "minEvents", "basis", "kind", "article"];

/** How many exercises and plans a tie has, in words; what there is none of is not said. */
export function counts({ held, planned }) {
  return [held.length ? say(held.length, "exercise") : "", planned.length ? say(planned.length, "plan") : ""].filter(Boolean).join(", ");
}

/** What a network shows, in the sentences of passex.network.finding; only for what they were made of. */
function finding(state, data) {
  const first = initial(data);
  const same = FILTERS.every((name) => String(state[name]) === String(first[name]));
  return same ? data.levels[state.level].finding : [];
}

function item(tie, data, select) {
  const quote = bestQuote(tie, data);
  const marks = [tie.inferred ? "inferred" : "", tie.possible ? "date possible" : ""].filter(Boolean);
  return el(
    "li",
    { "data-tie": tie.id },
    link(`${tie.a.label} – ${tie.b.label}`, () => select(tie.id), { dir: "auto" }),
    el("span", { class: "detail" }, ` ${counts(tie)}`, marks.map((text) => [" ", el("span", { class: "tag possible" }, text)])),
    quote ? placed(quote, data) : null,
  );
}

/** Show the finding and the ties with most exercises; `more` shows all of them, as a table. */
export function showOverview(host, net, state, data, select, more) {
  const said = finding(state, data);
  const ties = net.ties.slice(0, FIRST);
  host.hidden = !said.length && !ties.length;
  host.replaceChildren(
    ...(said.length ? [el("div", { class: "finding" }, said.map((text) => el("p", { dir: "auto" }, text)))] : []),
    el("h2", {}, net.ties.length > FIRST ? `The ${FIRST} of ${say(net.ties.length, "tie")} with most ${net.ties[0].held.length ? "exercises" : "plans"}` : say(net.ties.length, "tie")),
    el("ol", { class: "ties" }, ties.map((tie) => item(tie, data, select))),
    net.ties.length > FIRST ? el("button", { type: "button", on: { click: more } }, `All ${say(net.ties.length, "tie")} in the table`) : "",
  );
}
