// Days are texts, YYYY-MM-DD, which sort as they stand. A date is never more precise than its bounds.

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

function lastDay(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Read a year, a month or a day as its first and last day; null for anything else. */
export function readDate(text) {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text.trim());
  if (!match) return null;
  const [, year, month, day] = match;
  if (month === undefined) return [`${year}-01-01`, `${year}-12-31`];
  if (month < "01" || month > "12") return null;
  const end = lastDay(Number(year), Number(month));
  if (day === undefined) return [`${year}-${month}-01`, `${year}-${month}-${end}`];
  if (day < "01" || Number(day) > end) return null;
  return [`${year}-${month}-${day}`, `${year}-${month}-${day}`];
}

/** The first and the last day of a period as it is given; null where it has no such end. */
export function period(since, until) {
  return [since ? readDate(since)[0] : null, until ? readDate(until)[1] : null];
}

/** Whether something may have taken place in a period, at least in part. */
export function mayHold([first, last], { earliest, latest }) {
  if (first === null && last === null) return true;
  if (earliest === null && latest === null) return false;
  const tooEarly = latest !== null && first !== null && latest < first;
  const tooLate = earliest !== null && last !== null && earliest > last;
  return !tooEarly && !tooLate;
}

/** Whether it surely did: both its bounds are known and lie in the period. */
export function surelyHolds([first, last], { earliest, latest }) {
  const begins = first === null || (earliest !== null && earliest >= first);
  const ends = last === null || (latest !== null && latest <= last);
  return begins && ends;
}

/** Months since the year 0, for the brush. */
export function monthOf(day) {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/** A month as it stands in an address: 2017-06. */
export function monthText(month) {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}

/** A month in words: June 2017. */
export function monthWords(month) {
  return `${MONTHS[month % 12]} ${Math.floor(month / 12)}`;
}

/** Say bounds as shortly as they can be said without saying more than they do: as Python's say_dates. */
export function sayDates(earliest, latest) {
  if (earliest === null) return latest === null ? "no date" : `until ${latest}`;
  if (latest === null) return `from ${earliest}`;
  if (earliest === latest) return earliest;
  for (const length of [4, 7]) {
    const period = readDate(earliest.slice(0, length));
    if (period && period[0] === earliest && period[1] === latest) return earliest.slice(0, length);
  }
  return `${earliest} to ${latest}`;
}

/** The first and the last day on which one of several is possible, each as precise as it was written: as Python's say_span. */
export function spanWords(events) {
  const dated = events.filter(({ earliest, latest }) => earliest !== null || latest !== null);
  const ends = (name) => dated.map((event) => event[name]).sort();
  // What has one bound alone leaves the other side open.
  const end = (name, at) => (dated.some((event) => event[name] === null) ? null : ends(name).at(at) ?? null);
  const [first, last] = [end("earliest", 0), end("latest", -1)];
  if (first === null && last === null && dated.length) return "open on both sides";
  const whole = sayDates(first, last);
  if (!whole.includes(" to ")) return whole;
  const written = (name, day) => {
    const own = new Set(events.filter((event) => event[name] === day).map(({ earliest, latest }) => sayDates(earliest, latest)));
    const [only] = own;
    return own.size === 1 && /^\d{4}(-\d\d)?$/.test(only) ? only : day;
  };
  return `${written("earliest", first)} to ${written("latest", last)}`;
}

/** A day as a number of days, for drawing to scale. */
export function dayNumber(day) {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))) / 864e5;
}
