"use strict";

/* What the figures add up to, as a table. */

const ROWS_AT_ONCE = 200;

/** The sums of figures, those that count in totals, by measure, unit and the groups named in ``by`` (force, month); ``from`` are their releases. */
function addUp(figures, by) {
  const sums = new Map();
  for (const { release, item, fact, force } of figures) {
    if (!item.total) continue;
    const group = { force, month: item.month };
    const key = JSON.stringify([fact.measure, item.kind, fact.unit, ...by.map((name) => group[name])]);
    if (!sums.has(key)) {
      const groups = Object.fromEntries(by.map((name) => [name, group[name]]));
      sums.set(key, { ...groups, kind: item.kind, measure: fact.measure, unit: fact.unit, value: 0, from: new Set() });
    }
    const sum = sums.get(key);
    sum.value += fact.value;
    sum.from.add(release);
  }
  return [...sums.values()].map((sum) => ({ ...sum, value: Number(sum.value.toPrecision(15)), releases: sum.from.size })).sort(inOrder(by));
}

const MEASURES = Object.keys(DATA.labels);

/** The order of the packs, then that of the groups; what is not said comes last. */
function inOrder(by) {
  const said = (value) => (value === null ? "\uffff" : value);
  const key = (row) => [MEASURES.indexOf(row.measure), row.kind, row.unit ?? "", ...by.map((name) => said(row[name]))];
  return (one, other) => compare(key(one), key(other));
}

function compare(one, other) {
  const at = one.findIndex((part, place) => part !== other[place]);
  return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
}

/** The columns: name, text of a cell, what it is sorted by. */
function totalColumns(by) {
  const groups = {
    force: { name: "Force", text: (row) => row.force ?? "not said", sort: (row) => row.force ?? "\uffff" },
    month: { name: "Month", text: (row) => monthText(row.month), sort: (row) => row.month ?? "\uffff" },
  };
  return [
    { name: "Measure", text: (row) => DATA.labels[row.measure], sort: (row) => DATA.labels[row.measure] },
    ...by.map((name) => groups[name]),
    { name: "Total", text: (row) => amountText(row.value, row.unit, row.kind), sort: (row) => row.value, number: true },
    { name: "Releases", text: (row) => String(row.releases), sort: (row) => row.releases, number: true },
  ];
}

/** The rows sorted by a column; ``sorting`` is its name and whether it falls. */
function sorted(rows, columns, sorting) {
  const column = columns.find(({ name }) => name === sorting.name);
  if (!column) return rows;
  const sign = sorting.falls ? -1 : 1;
  return rows.toSorted((one, other) => sign * compare([column.sort(one)], [column.sort(other)]));
}

/** Fills the table. ``chosen`` is the row whose measure the charts show; ``on`` has what to do when a header or a button in a row is pressed. */
function drawTotals(table, rows, columns, sorting, chosen, all, on) {
  const header = columns.map(({ name, number }) => {
    const order = sorting.name !== name ? null : sorting.falls ? "descending" : "ascending";
    const button = make("button", { type: "button", "data-sort": name }, name);
    button.addEventListener("click", () => on.sort(name));
    return make("th", { scope: "col", "aria-sort": order, class: number ? "number" : null }, button);
  });
  const shown = all ? rows : rows.slice(0, ROWS_AT_ONCE);
  const body = shown.map((row) => {
    const cells = columns.map((column) => make("td", { class: column.number ? "number" : null }, totalCell(row, column, chosen, on)));
    return make("tr", { class: sameSeries(row, chosen) ? "chosen" : null }, ...cells);
  });
  const empty = make("tr", {}, make("td", { colspan: columns.length }, "No figures."));
  table.replaceChildren(make("thead", {}, make("tr", {}, ...header)), make("tbody", {}, ...(body.length ? body : [empty])));
  return rows.length - shown.length;
}

function totalCell(row, column, chosen, on) {
  const text = column.text(row);
  if (column.name === "Measure") {
    const pressed = String(sameSeries(row, chosen));
    const button = make("button", { type: "button", class: "plain", "aria-pressed": pressed, title: "Show in the charts" }, text);
    button.addEventListener("click", () => on.choose(row));
    return button;
  }
  if (column.name === "Releases") {
    const button = make("button", { type: "button", class: "plain", "aria-label": `${text}: show where these figures stand` }, text);
    button.addEventListener("click", () => on.follow(row));
    return button;
  }
  return text;
}

/** Whether two totals can stand in one chart: the same thing in the same unit. */
function sameSeries(one, other) {
  return Boolean(one && other) && one.measure === other.measure && one.kind === other.kind && one.unit === other.unit;
}
