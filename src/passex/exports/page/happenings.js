// The events that the map and the timeline show: exercises and plans, and meetings and others beside them.

import { mayHold, period } from "./dates.js";
import { admits } from "./model.js";

/** Whether meetings and other events are shown: on the map, unless it is said otherwise. */
export function showsOthers({ others, view }) {
  return others ? others === "yes" : view === "map";
}

/** The events of a state, the earliest first, and how many other events they leave out. */
export function happenings(state, data) {
  const fits = (event) => state.article === null || event.articles.includes(state.article);
  const days = period(state.since, state.until);
  // A kind is one of exercises.
  const more = state.kind ? [] : data.others.filter((event) => fits(event) && mayHold(days, event));
  const shown = showsOthers(state);
  const events = [...data.exercises.filter((event) => admits(state, event)), ...(shown ? more : [])];
  events.sort((a, b) => ((a.earliest ?? a.latest ?? "9") < (b.earliest ?? b.latest ?? "9") ? -1 : 1));
  return { events, left: shown ? 0 : more.length };
}
