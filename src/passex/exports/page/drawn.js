// What the picture draws of a network: all of it, its strongest ties, or one actor with its partners.

import { el, say } from "./dom.js";
import { around } from "./focus.js";
import { strengthOf } from "./ranking.js";

/** Of more ties than this, the strongest come first: as in every drawing (passex.exports.drawing.strongest). */
export const MANY = 400;
/** How unlikely by chance a tie is that is drawn for its strength: as in passex network --backbone. */
const ALPHA = 0.05;

/**
 * The strongest ties of a network: those that the disparity filter keeps at either end (M. Á. Serrano,
 * M. Boguñá and A. Vespignani, PNAS 106(16), 6483-6488, 2009; the same as passex.network.backbone), and of
 * each actor the one that chance explains least, so that nobody is left without a tie.
 */
export function strongest(ties, weight) {
  const own = new Map();
  const strengths = new Map(ties.map((tie) => [tie, strengthOf(tie.occasions, weight)]));
  for (const tie of ties) {
    for (const end of [tie.a, tie.b]) {
      const sums = own.get(end) ?? { degree: 0, strength: 0 };
      sums.degree += 1;
      sums.strength += strengths.get(tie);
      own.set(end, sums);
    }
  }
  const chance = (tie, end) => {
    const { degree, strength } = own.get(end);
    return degree > 1 ? (1 - strengths.get(tie) / strength) ** (degree - 1) : 1;
  };
  const chances = new Map(ties.map((tie) => [tie, Math.min(chance(tie, tie.a), chance(tie, tie.b))]));
  const ends = ({ a, b }) => (a.iri < b.iri ? [a.iri, b.iri] : [b.iri, a.iri]).join(" ");
  const order = [...ties].sort(
    (one, other) =>
      chances.get(one) - chances.get(other) || strengths.get(other) - strengths.get(one) || (ends(one) < ends(other) ? -1 : 1),
  );
  const seen = new Set();
  const kept = new Set();
  for (const tie of order) {
    if (chances.get(tie) >= ALPHA && seen.has(tie.a) && seen.has(tie.b)) continue;
    kept.add(tie);
    seen.add(tie.a).add(tie.b);
  }
  return ties.filter((tie) => kept.has(tie));
}

/** By the ties of a network, the strongest: a large one is drawn again when its ranking is there. */
const known = new WeakMap();

function backbone(ties, weight) {
  if (known.get(ties)?.weight !== weight) known.set(ties, { weight, kept: strongest(ties, weight) });
  return known.get(ties).kept;
}

/**
 * What is drawn: { actors, ties, every, level, spot, said, focus, choice }. `every` are all ties of the
 * network; `said` says what is left out; `choice` is what else could be drawn, "all" or "strongest".
 */
export function drawn(net, state, data) {
  const crowded = net.ties.length > MANY;
  const bone = crowded ? backbone(net.ties, state.weight) : net.ties;
  const worth = bone.length < 0.8 * net.ties.length;
  const kept = worth && state.ties !== "all" ? bone : net.ties;
  const whole = { every: net.ties, level: net.level, spot: net.level.spot, focus: null };
  const choice = worth ? (kept === bone ? "all" : "strongest") : null;
  const actor = data.byId.get(`actor:${state.focus}`);
  if (actor && net.actors.includes(actor)) return { ...whole, ...alone(actor, net, kept), choice, focus: actor };
  const said =
    kept === net.ties
      ? worth ? `All ${say(net.ties.length, "tie")} are drawn.` : ""
      : `${kept.length.toLocaleString("en-GB")} of ${say(net.ties.length, "tie")} are drawn: the backbone by the disparity filter at ` +
        `alpha ${ALPHA}, and of each actor the tie that chance explains least. Whoever is selected shows all of its own.`;
  return { ...whole, actors: net.actors, ties: kept, said, choice };
}

function alone(actor, net, kept) {
  const own = net.ties.filter(({ a, b }) => a === actor || b === actor);
  const partners = new Set(own.map(({ a, b }) => (a === actor ? b : a)));
  const between = ({ a, b }) => partners.has(a) && partners.has(b);
  const among = net.ties.filter(between);
  const shown = kept.filter(between);
  const these = partners.size === 1 ? "its one partner" : `its ${partners.size.toLocaleString("en-GB")} partners`;
  const groups = new Set([...partners].map(({ number }) => net.level.community.get(number)));
  const nearness = `${groups.size > 1 ? "In each group, those" : "Those"} with most exercises in common are nearest.`;
  const count = (number) => number.toLocaleString("en-GB");
  const rest = !among.length
    ? partners.size > 1 ? ", none of whom are tied" : ""
    : shown.length < among.length
      ? `, and ${count(shown.length)} of ${say(among.length, "tie")} between these`
      : ` and ${say(among.length, "tie")} between these`;
  return {
    actors: net.actors.filter((one) => one === actor || partners.has(one)),
    ties: [...own, ...shown],
    spot: around(actor, own, net.level),
    said: `${actor.label} and ${these}${rest}. ${partners.size > 1 ? nearness : ""}`.trim(),
  };
}

/** Say what is drawn, and offer the rest. */
export function showDrawn(host, { said, choice, focus }, change) {
  const offer = (text, fields) => el("button", { type: "button", on: { click: () => change(fields) } }, text);
  const buttons = [];
  if (focus) buttons.push(offer("Show everyone", { focus: "" }));
  if (choice) buttons.push(offer(choice === "all" ? "Draw all ties" : "Draw the strongest only", { ties: choice }));
  host.replaceChildren(el("span", { dir: "auto" }, said), ...buttons);
  host.hidden = !said && !buttons.length;
}
