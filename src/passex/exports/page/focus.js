// One actor in the middle of its partners: the strongest ties are the shortest, and who is of one group
// stands in one sector, in the direction in which it lies in the whole picture.

// The first ring has so many places, the second twice as many, and so on.
const PLACES = 8;
const RING = 170;

/** Give places by the numbers of actors; `own` are the ties of the actor, the strongest first. */
export function around(actor, own, { spot, community }) {
  const middle = spot.get(actor.number);
  const sectors = new Map();
  for (const { a, b } of own) {
    const partner = a === actor ? b : a;
    const key = community.get(partner.number) ?? -1;
    if (!sectors.has(key)) sectors.set(key, []);
    sectors.get(key).push(partner.number);
  }
  const places = new Map([[actor.number, { x: 0, y: 0 }]]);
  let start = -Math.PI;
  for (const members of [...sectors.values()].sort((one, other) => direction(one) - direction(other))) {
    const share = members.length / own.length;
    fill(members, start, share, places);
    start += 2 * Math.PI * share;
  }
  return places;

  function direction(members) {
    const sum = (axis) => members.reduce((total, number) => total + spot.get(number)[axis] - middle[axis], 0);
    return Math.atan2(sum("y"), sum("x"));
  }
}

function fill(members, start, share, places) {
  let [ring, taken] = [1, 0];
  let room = capacity(ring, share, members.length);
  members.forEach((number, turn) => {
    if (taken === room) {
      ring += 1;
      taken = 0;
      room = capacity(ring, share, members.length - turn);
    }
    const angle = start + (2 * Math.PI * share * (taken + 0.5)) / room;
    places.set(number, { x: ring * RING * Math.cos(angle), y: ring * RING * Math.sin(angle) });
    taken += 1;
  });
}

function capacity(ring, share, left) {
  return Math.min(left, Math.max(1, Math.round(PLACES * ring * share)));
}
