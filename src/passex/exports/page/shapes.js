// How actors and ties are drawn: a shape and a colour a kind, a dash and a colour a status.
// The colours are Okabe and Ito's, which colour-blind readers tell apart; shapes and dashes repeat
// what they say.

export const KINDS = {
  State: { colour: "#009e73", sides: 0 },
  Navy: { colour: "#0072b2", sides: 4, turn: Math.PI / 4 },
  Service: { colour: "#0072b2", sides: 4, turn: Math.PI / 4 },
  Formation: { colour: "#e69f00", sides: 4, turn: 0 },
  Ship: { colour: "#56b4e9", sides: 3, turn: -Math.PI / 2 },
  Organisation: { colour: "#cc79a7", sides: 6, turn: 0 },
};
const OTHER = { colour: "#8a8f98", sides: 5, turn: -Math.PI / 2 };

export const LINES = {
  held: { words: "held", dash: [], colour: "held" },
  "under-way": { words: "under way", dash: [14, 4, 2, 4], colour: "way" },
  planned: { words: "planned only", dash: [6, 5], colour: "planned" },
};

/** The look of a kind of actors. */
export function look(kind) {
  return KINDS[kind] ?? OTHER;
}

/** Add the outline of a node to the current path. */
export function outline(context, kind, x, y, radius) {
  const { sides, turn } = look(kind);
  if (sides === 0) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  // As much area as a circle of the radius has.
  const reach = radius * Math.sqrt((2 * Math.PI) / (sides * Math.sin((2 * Math.PI) / sides)));
  for (let corner = 0; corner < sides; corner += 1) {
    const angle = turn + (2 * Math.PI * corner) / sides;
    const point = [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
    if (corner === 0) context.moveTo(...point);
    else context.lineTo(...point);
  }
  context.closePath();
}

/** Read the colours of the theme from the style sheet. */
export function palette(element) {
  const style = getComputedStyle(element);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: read("paper"),
    ink: read("ink"),
    quiet: read("quiet"),
    accent: read("accent"),
    held: read("held"),
    way: read("way"),
    planned: read("planned"),
    font: style.fontFamily,
  };
}
