// The page: one state, its address, and views that follow it.

import { byId, el, say, words } from "./dom.js";
import { details } from "./evidence.js";
import { brushed, forget, listenToFilters, syncFilters } from "./filters.js";
import { drawn, showDrawn } from "./drawn.js";
import { GraphView } from "./graph_view.js";
import { happenings, showsOthers } from "./happenings.js";
import { showLegend } from "./legend.js";
import { MapView } from "./map_view.js";
import { MatrixView } from "./matrix_view.js";
import { prepare, project } from "./model.js";
import { counts, showOverview } from "./overview.js";
import { listenToPrinting } from "./printing.js";
import { rank } from "./ranking.js";
import { showRanking } from "./ranking_view.js";
import { listenToSearch } from "./search.js";
import { palette } from "./shapes.js";
import { listenToSharing } from "./sharing.js";
import { focusView, sheet } from "./sheet.js";
import { eventsFile, tiesFile } from "./sheets.js";
import { fromAddress, VIEWS } from "./state.js";
import { arranged, TableView } from "./table_view.js";
import { followTheme } from "./theme.js";
import { TimelineView } from "./timeline_view.js";
import { Trail } from "./trail.js";
import { missing, notes, policyWords, sources, things } from "./words.js";

const data = prepare(JSON.parse(byId("data").textContent));
let state = fromAddress(location.hash, data);
let net = null;
let picture = null;
let ranking = { places: [], warnings: [] };
let opener = null;
let ranked = 0;
const all = { ranking: false };

const trail = new Trail(data);
const table = new TableView(byId("table"), { select, refine });
const timeline = new TimelineView(byId("timeline"), data, { select, change });
const map = new MapView(byId("map"), data.world, select);
const matrix = new MatrixView(byId("matrix"), { select, say: (text) => (byId("live").textContent = text) });
const graph = new GraphView(byId("canvas"), byId("tip"), {
  select: (thing, byKey) => select(thing ? thing.id : "", byKey),
  hover,
  moved: (camera, fitted) => {
    state.camera = fitted ? "" : camera.toText();
    remember();
  },
});

function change(fields) {
  const { level, focus } = state;
  state = { ...state, ...fields };
  update(level !== state.level || focus !== state.focus);
}

/** Change what concerns one view alone. */
function refine(fields) {
  state = { ...state, ...fields };
  sides();
  remember();
}

function remember() {
  trail.record(state);
}

function update(refit) {
  net = project(data, state);
  rankNow();
  syncFilters(state, data);
  byId("policy").textContent = policyWords(state, data);
  byId("counts").textContent =
    `${say(net.actors.length, "actor")}, ${say(net.ties.length, "tie")}, ` +
    `${net.rested.size.toLocaleString("en-GB")} ${things(state, net.rested.size === 1) || "exercises"}${sources(net, data)}`;
  const said = notes(state, net, data);
  byId("notes").replaceChildren(...said.map((text) => el("li", {}, text)));
  byId("not-shown").hidden = !said.length;
  byId("empty").hidden = net.ties.length > 0;
  resize(refit);
  if (refit) state.camera = "";
  sides();
  remember();
}

/** Rank; what takes long is ranked when the picture stands. */
function rankNow() {
  clearTimeout(ranked);
  if (net.actors.length * net.ties.length < 3e5) {
    ranking = rank(net, state, data);
    return;
  }
  ranking = { places: [], warnings: ["Computing the ranking …"] };
  ranked = setTimeout(() => {
    ranking = rank(net, state, data);
    resize(false);
    sides();
  }, 60);
}

/** Draw the network, actors as large as their scores, and its legend. */
function resize(refit) {
  const { places } = ranking;
  const size = (score) => (state.measure === "constraint" ? 1 / (score || 1) : score);
  picture = drawn(net, state, data);
  graph.show(picture, places.length ? new Map(places.map(({ actor, score }) => [actor, size(score)])) : null, refit);
  showDrawn(byId("drawn"), picture, change);
  legend();
}

function legend() {
  showLegend(byId("legend"), picture, ranking.places.length ? state.measure : null, palette(byId("canvas")));
}

/** Show what depends on the network besides the picture. */
function sides() {
  const again = () => sides();
  const more = (name) => () => ((all[name] = true), again());
  for (const name of VIEWS) {
    const chosen = state.view === name;
    byId(`tab-${name}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${name}`).tabIndex = chosen ? 0 : -1;
    byId(`view-${name}`).classList.toggle("off", !chosen);
  }
  byId("other-events").hidden = !["map", "timeline"].includes(state.view) || !data.others.length;
  byId("others").checked = showsOthers(state);
  showOverview(byId("overview"), net, state, data, select, () => change({ view: "table" }));
  showRanking(byId("places"), ranking, state, data, select, all.ranking, more("ranking"));
  table.show(net, policyWords(state, data), state);
  const { events, left } = happenings(state, data);
  if (state.view === "timeline") timeline.show(events, brushed(state, data), left, state, net);
  if (state.view === "map") map.show(data.places, events);
  open();
}

function select(id, byKey) {
  if (id && byId("details").hidden) opener = document.activeElement;
  state.select = id;
  open();
  const still = sheet() || (window.innerWidth > 1000 && !byKey);
  if (id && !byId("details").hidden) byId("details-title").focus({ preventScroll: still });
  remember();
}

function open() {
  const found = state.select ? details(state.select, { net, ranking, state, data, select, change }) : null;
  tell(state.select && !found ? missing(state.select, data) : "");
  if (!found) state.select = "";
  byId("details").hidden = found === null;
  byId("ranking").hidden = found !== null && !sheet();
  byId("overview").hidden = (found !== null && !sheet()) || !byId("overview").childNodes.length;
  const subject = found?.subject ?? null;
  const inside = (actor) => picture.actors.includes(actor);
  const there = subject?.occasions ? inside(subject.a) && inside(subject.b) : inside(subject);
  graph.choose(there ? subject : null);
  if (state.view === "matrix") matrix.show(net, palette(byId("canvas")), subject);
  if (!found) return;
  byId("details-title").textContent = found.title;
  byId("details-body").replaceChildren(...found.parts.flat(Infinity).filter(Boolean));
  byId("side").scrollTop = byId("details").scrollTop = 0;
}

/** Say something above the right-hand column, until something else is chosen. */
function tell(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = !text;
}

function close() {
  select("");
  focusView(state.view, opener);
  opener = null;
}

function hover(thing, aloud) {
  const text = !thing
    ? ""
    : thing.occasions
      ? `${thing.a.label} and ${thing.b.label}: ${counts(thing)}`
      : `${thing.label} (${words(thing.kind)})`;
  // It would cover the name of what is chosen.
  byId("tip").hidden = !thing || aloud === true || thing === graph.chosen;
  byId("tip").textContent = text;
  if (aloud) byId("live").textContent = `${text}. Enter shows its evidence.`;
}

function listen() {
  listenToFilters(data, change);
  const all = [
    ...data.actors.map(({ id, label, names, kind }) => ({ id, label, names, kind: words(kind) })),
    ...data.events.map(({ id, label, status, other }) => ({ id, label, names: [], kind: words(status ?? other) })),
  ];
  listenToSearch(byId("search"), byId("found"), all, (id) => {
    const actor = data.byId.get(id);
    select(id);
    if (picture.actors.includes(actor)) graph.reveal(actor);
  });
  VIEWS.forEach((name, n) => {
    byId(`tab-${name}`).addEventListener("click", () => change({ view: name }));
    byId(`tab-${name}`).addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!step) return;
      const next = VIEWS[(n + step + VIEWS.length) % VIEWS.length];
      change({ view: next });
      byId(`tab-${next}`).focus();
    });
  });
  byId("close").addEventListener("click", close);
  byId("details").addEventListener("keydown", (event) => event.key === "Escape" && close());
  byId("zoom-in").addEventListener("click", () => (graph.hold(), graph.zoom(1.4)));
  byId("zoom-out").addEventListener("click", () => (graph.hold(), graph.zoom(1 / 1.4)));
  byId("zoom-fit").addEventListener("click", () => ((graph.moved = false), graph.fit()));
  byId("others").addEventListener("change", ({ target }) => refine({ others: target.checked ? "yes" : "no" }));
  listenToSharing(() => {
    trail.write();
    const ties = () => tiesFile(arranged(net.ties, state));
    const file = ["map", "timeline"].includes(state.view)
      ? { name: "passex-events.csv", text: () => eventsFile(happenings(state, data).events, data) }
      : { name: "passex-ties.csv", text: ties };
    return { view: state.view, views: { graph, matrix, map, timeline }, caption: `${data.title}: ${policyWords(state, data)}`, table: file };
  });
  byId("reset").addEventListener("click", () => {
    state = { ...fromAddress("", data), view: state.view };
    forget();
    update(true);
  });
  byId("skip").addEventListener("click", () => byId("canvas").focus());
  const recolour = () => {
    graph.refresh();
    if (!net) return;
    legend();
    if (state.view === "matrix") matrix.show(net, palette(byId("canvas")), matrix.chosen);
  };
  followTheme(recolour);
  listenToPrinting(graph);
  addEventListener("hashchange", () => {
    const before = state;
    const inside = byId("details").contains(document.activeElement);
    trail.follow();
    state = fromAddress(location.hash, data);
    if (!state.camera) graph.moved = false;
    update(before.level !== state.level || (before.camera && !state.camera));
    aim();
    const gone = document.activeElement === document.body || !document.activeElement.checkVisibility();
    if ((inside && byId("details").hidden) || gone) focusView(state.view, opener);
  });
}

/** Look where the address says. */
function aim() {
  const camera = new URLSearchParams(location.hash.slice(1)).get("camera");
  if (!camera || fromAddress(location.hash, data).camera !== camera) return;
  graph.camera.fromText(camera);
  graph.moved = true;
  state.camera = camera;
  graph.refresh();
}

document.documentElement.dataset.scripted = "";
document.title = data.title;
byId("title").textContent = data.title;
// A phone has no room for open filters.
byId("filters").open = window.innerWidth > 900;
const asked = location.hash;
listen();
update(true);
if (asked.includes("camera=")) {
  graph.camera.fromText(fromAddress(asked, data).camera || graph.camera.toText());
  graph.moved = fromAddress(asked, data).camera !== "";
  state.camera = fromAddress(asked, data).camera;
  graph.refresh();
}
