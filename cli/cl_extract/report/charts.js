"use strict";

/* A measure over time and by force, in a few bars. The table beside them has the same figures. */

const MOST_BARS = 60;
const MOST_FORCES = 8;

/** Both charts of the figures, which are of one measure and unit, drawn for a width in pixels. */
function drawCharts(place, figures, series, width) {
  if (!series) return place.replaceChildren();
  const text = (value) => amountText(value, series.unit, series.kind);
  const label = DATA.labels[series.measure];
  const months = addUp(figures, ["month"]).filter(({ month }) => month !== null);
  place.replaceChildren(overTime(label, months, text, width), byForce(label, addUp(figures, ["force"]), text, width));
}

/** A bar a month, those without figures left empty; a bar a year where there are too many. */
function overTime(label, rows, text, width) {
  const bars = timeline(rows);
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  const [top, height] = [18, 120];
  const step = width / Math.max(bars.length, 1);
  const thick = Math.min(step * 0.8, 40);
  const drawn = bars.map(({ time, value }, place) => {
    const size = value ? Math.max((value / most) * height, 1) : 0;
    const title = makeSvg("title", {}, `${monthText(time)}: ${text(value)}`);
    return makeSvg("rect", { x: place * step, y: top + height - size, width: thick, height: size, class: "bar-fill" }, title);
  });
  const axis = makeSvg("line", { x1: 0, x2: width, y1: top + height, y2: top + height, class: "axis" });
  const ends = bars.length > 1 ? [[0, "start", bars[0]], [width, "end", bars.at(-1)]] : bars.map((bar) => [0, "start", bar]);
  const labels = ends.map(([x, anchor, { time }]) => makeSvg("text", { x, y: top + height + 16, "text-anchor": anchor }, monthText(time)));
  const peak = bars.find(({ value }) => value === most);
  const highest = peak ? [makeSvg("text", { x: 0, y: 12 }, `Most: ${text(most)}, ${monthText(peak.time)}`)] : [];
  const unit = bars[0]?.time.length === 4 ? "year" : "month";
  const told = bars.map(({ time, value }) => `${monthText(time)} ${text(value)}`);
  return figure(`${label} by ${unit}`, told, width, top + height + 22, [...drawn, axis, ...labels, ...highest]);
}

/** What falls into each month from the first to the last, or into each year. */
function timeline(rows) {
  if (!rows.length) return [];
  const order = rows.map(({ month }) => month).sort();
  const months = everyMonth(order[0], order.at(-1));
  const size = months.length > MOST_BARS ? 4 : 7;
  const sums = new Map(months.map((month) => [month.slice(0, size), 0]));
  for (const { month, value } of rows) sums.set(month.slice(0, size), sums.get(month.slice(0, size)) + value);
  return [...sums].map(([time, value]) => ({ time, value }));
}

function everyMonth(first, last) {
  const number = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const name = (at) => `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
  return Array.from({ length: number(last) - number(first) + 1 }, (_, place) => name(number(first) + place));
}

/** A bar a force, the largest first, under its name. */
function byForce(label, rows, text, width) {
  const named = rows.map(({ force, value }) => ({ name: force ?? "not said", value })).sort((one, other) => other.value - one.value);
  const shown = named.slice(0, MOST_FORCES);
  const most = Math.max(...named.map(({ value }) => value), 0) || 1;
  const row = 34;
  const drawn = shown.flatMap(({ name, value }, place) => [
    makeSvg("text", { x: 0, y: place * row + 14 }, shortened(name, width)),
    makeSvg("text", { x: width, y: place * row + 14, "text-anchor": "end", class: "figure" }, text(value)),
    makeSvg("rect", { x: 0, y: place * row + 19, width: Math.max((value / most) * width, 1), height: 6, class: "bar-fill" }),
  ]);
  const rest = named.length - shown.length;
  const note = rest ? [makeSvg("text", { x: 0, y: shown.length * row + 14 }, `and ${rest} more`)] : [];
  const height = shown.length * row + (rest ? 20 : 0);
  return figure(`${label} by force`, named.map(({ name, value }) => `${name} ${text(value)}`), width, height, [...drawn, ...note]);
}

function shortened(name, width) {
  const room = Math.floor(width / 8) - 14;
  return name.length > room ? `${name.slice(0, room - 1)}…` : name;
}

function figure(title, told, width, height, drawn) {
  const said = { role: "img", "aria-label": `${title}: ${told.join(", ")}` };
  return make("figure", {}, make("figcaption", {}, title), makeSvg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, ...said }, ...drawn));
}
