"use strict";

/* The page: what is filtered, and everything that follows from it. */

const $ = (id) => document.getElementById(id);
const KINDS = { counts: "count", quantities: "quantity", money: "money" };
const FILTERS = ["words", "force", "measure", "from", "to"];
const NOT_SAID = "not said";

const releases = DATA.releases.map((release) => {
  const { record } = release;
  const stated = (name, kind) => record[name].map((fact) => ({ kind, fact, label: DATA.labels[fact.measure] }));
  const lists = Object.entries(KINDS).flatMap(([name, kind]) => stated(name, kind));
  const all = [...lists, ...record.dates.map((fact) => ({ kind: "date", fact }))];
  const items = release.items.map((item, number) => ({ ...all[number], ...item }));
  const figures = items.filter(({ kind }) => kind !== "date").map((item) => ({ release, item, fact: item.fact, force: release.force }));
  return Object.assign(release, { items, figures });
});
const places = [...document.querySelectorAll("details.release")];
const state = { sorting: { name: "" }, chosen: null, all: false, only: null };
let view;

/** What the filter lets through: of each release its figures, and the releases that have any or, where none are asked for, all. */
function filtered() {
  const asked = Object.fromEntries(FILTERS.map((name) => [name, $(name).value]));
  const words = asked.words.toLowerCase().trim();
  const narrowed = Boolean(asked.measure || asked.from || asked.to);
  const wanted = ({ fact, item }) => (!asked.measure || fact.measure === asked.measure) && inMonths(item.month, asked.from, asked.to);
  const shown = releases.map((release) => {
    const here =
      (!state.only || state.only.has(release)) &&
      (!asked.force || JSON.stringify(release.force) === asked.force) &&
      (!words || searched(release).includes(words));
    const figures = here ? release.figures.filter(wanted) : [];
    return { release, figures, shown: here && (!narrowed || figures.length > 0) };
  });
  const flags = shown.map((one) => one.shown);
  return { shown: shown.filter((one) => one.shown), flags, narrowed, figures: shown.flatMap((one) => one.figures) };
}

function inMonths(month, from, to) {
  if (month === null || from === NOT_SAID) return (month === null && from === NOT_SAID) || (!from && !to);
  return (!from || month >= from) && (!to || month <= to);
}

function searched(release) {
  const { title, operations } = release.record.release;
  const text = release.text.map((part) => (typeof part === "string" ? part : part.map(([words]) => words).join(""))).join("");
  return (release.searched ??= [title, release.force, ...operations, release.record.source.path, text].join("\n").toLowerCase());
}

/** What the filter says, and that alone. */
function ask() {
  state.only = null;
  update();
}

function update() {
  view = filtered();
  places.forEach((place, number) => (place.hidden = !view.flags[number]));
  const all = numberText(places.length);
  $("shown").textContent = view.shown.length === places.length ? all : `${numberText(view.shown.length)} of ${all}`;
  updateTotals();
}

function updateTotals() {
  const by = ["force", "month"].filter((name) => $(`by-${name}`).checked);
  const columns = totalColumns(by);
  view.totals = sorted(addUp(view.figures, by), columns, state.sorting);
  view.by = by;
  view.series = view.totals.find((row) => sameSeries(row, state.chosen)) ?? commonest(view.figures);
  const rest = drawTotals($("totals"), view.totals, columns, state.sorting, view.series, state.all, { sort, choose, follow });
  $("more").hidden = !rest;
  $("more").textContent = `Show ${numberText(rest)} more`;
  updateCharts();
}

/** The total that most releases have a part in. */
function commonest(figures) {
  return addUp(figures, []).toSorted((one, other) => other.releases - one.releases)[0];
}

function updateCharts() {
  const figures = view.figures.filter(({ fact, item }) => sameSeries({ ...fact, kind: item.kind }, view.series));
  drawCharts($("charts"), figures, view.series, $("charts").clientWidth);
}

/** Rising, falling, then the order of the packs again. */
function sort(name) {
  const { name: before, falls } = state.sorting;
  state.sorting = before !== name ? { name, falls: false } : falls ? { name: "" } : { name, falls: true };
  updateTotals();
  $("totals").querySelector(`[data-sort="${name}"]`).focus();
}

function choose(row) {
  state.chosen = row;
  updateTotals();
  $("totals").querySelector("[aria-pressed=true]").focus();
}

/** Filters by a row of the totals, and shows the very releases that it adds up, until something else is asked for. */
function follow(row) {
  state.only = row.from;
  $("measure").value = row.measure;
  if ("force" in row) $("force").value = JSON.stringify(row.force);
  if ("month" in row) [$("from").value, $("to").value] = [row.month ?? NOT_SAID, row.month ?? ""];
  update();
  if (view.shown.length <= 3) for (const [number, flag] of view.flags.entries()) if (flag) places[number].open = true;
  $("releases").focus();
  $("releases").scrollIntoView({ block: "start" });
}

// --- What is shown, as CSV and JSON ---

/** The columns and rows of what is shown, and its data. */
const EXPORTS = {
  totals() {
    const columns = [...view.by, "kind", "measure", "unit", "value", "releases"];
    return { columns, rows: view.totals, data: view.totals.map(({ from, ...row }) => row) };
  },
  figures() {
    const rows = view.shown.flatMap(({ release, figures }) => [
      ...figures.map((figure) => csvRow(release.record, figure.item)),
      ...(view.narrowed ? [] : release.items.filter(({ kind }) => kind === "date").map((item) => csvRow(release.record, item))),
    ]);
    return { columns: DATA.columns, rows, data: view.shown.map(({ release, figures }) => narrowedRecord(release.record, figures)) };
  },
};

/** A fact or date as render.csv_rows has it. */
function csvRow({ source, release }, { kind, fact }) {
  const narrowed = fact.attributes ?? {};
  const joined = Object.fromEntries(["drug", "drug_class", "group"].map((name) => [name, (narrowed[name] ?? []).join("; ")]));
  const period = kind === "date" ? fact : fact.period;
  const first = fact.mentions[0];
  const about = { file: source.path ?? "-", published: release.published, force: release.force, kind, measure: fact.measure ?? fact.role };
  const value = { value: fact.value, high: fact.high, unit: fact.unit, qualifier: fact.qualifier, ...joined, per: narrowed.per };
  return { ...about, ...value, period_start: period?.start, period_end: period?.end, ...first, mentions: fact.mentions.length };
}

/** The record with only the figures given; with all that it has where nothing was asked for. */
function narrowedRecord(record, figures) {
  if (!view.narrowed) return record;
  const kept = new Set(figures.map(({ fact }) => fact));
  const lists = Object.keys(KINDS).map((name) => [name, record[name].filter((fact) => kept.has(fact))]);
  return { ...record, ...Object.fromEntries(lists), dates: [] };
}

async function exportShown(what, how) {
  const { columns, rows, data } = EXPORTS[what]();
  const number = `${numberText(rows.length)} ${rows.length === 1 ? "row" : "rows"}`;
  if (how === "copy") {
    try {
      await navigator.clipboard.writeText(csvText(columns, rows));
      tell(`Copied ${number} as CSV.`);
    } catch {
      tell("The browser does not let this page copy; save it as CSV instead.");
    }
    return;
  }
  const text = how === "csv" ? csvText(columns, rows) : `${JSON.stringify(data, null, 1)}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: how === "csv" ? "text/csv" : "application/json" }));
  make("a", { href: url, download: `${what}.${how}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  tell(how === "csv" ? `Saved ${number}.` : "Saved.");
}

let telling;
function tell(text) {
  $("status").textContent = text;
  clearTimeout(telling);
  telling = setTimeout(() => ($("status").textContent = ""), 6000);
}

// --- Start ---

const option = (value, text) => make("option", { value }, text);
const forces = [...new Set(releases.map(({ force }) => force))];
const months = [...new Set(releases.flatMap(({ figures }) => figures.map(({ item }) => item.month)))];
const known = months.filter((month) => month !== null).sort();
$("force").append(...forces.filter((force) => force !== null).sort().map((force) => option(JSON.stringify(force), force)));
if (forces.includes(null)) $("force").append(option("null", NOT_SAID));
$("measure").append(...Object.entries(DATA.labels).map(([measure, label]) => option(measure, label)));
for (const name of ["from", "to"]) $(name).append(...known.map((month) => option(month, monthText(month))));
if (months.includes(null)) $("from").append(option(NOT_SAID, NOT_SAID));

for (const name of FILTERS) $(name).addEventListener("input", ask);
for (const name of ["by-force", "by-month"]) $(name).addEventListener("input", updateTotals);
for (const button of document.querySelectorAll("[data-export]")) {
  button.addEventListener("click", () => exportShown(...button.dataset.export.split(" ")));
}
$("clear").addEventListener("click", () => {
  for (const name of FILTERS) $(name).value = "";
  ask();
});
$("more").addEventListener("click", () => {
  state.all = true;
  updateTotals();
});
for (const [number, place] of places.entries()) place.addEventListener("toggle", () => place.open && drawRelease(place, releases[number]));
let drawnWidth = 0;
new ResizeObserver(([{ contentRect }]) => {
  if (Math.round(contentRect.width) === drawnWidth) return;
  drawnWidth = Math.round(contentRect.width);
  updateCharts();
}).observe($("charts"));

update();
if (places.length === 1) places[0].open = true;
