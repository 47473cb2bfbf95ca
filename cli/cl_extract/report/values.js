"use strict";

/* Values as people write them, CSV, and elements. Text of releases becomes text nodes and attributes that hold no code, never markup. */

const DATA = JSON.parse(document.getElementById("data").textContent);

/** An element with its attributes and children; null and false attributes are left out. */
function make(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same of SVG. */
function makeSvg(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** A value in the largest unit that it fills, as render.amount_text has it. */
function amountText(value, unit, kind) {
  if (kind === "money") {
    const pence = value.toFixed(2);
    const figure = Number(pence) === value ? grouped(pence).replace(/\.00$/, "") : grouped(String(value));
    return (DATA.currencies[unit] ?? `${unit} `) + figure;
  }
  if (unit === "mo" && value >= 12) {
    const months = value % 12;
    return amountText((value - months) / 12, "year", kind) + (months ? ` ${amountText(months, unit, kind)}` : "");
  }
  const scales = DATA.scales[unit] ?? [[1, unit ?? ""]];
  const [size, name] = scales.find(([least]) => value >= least && !(unit === "d" && value % least)) ?? scales.at(-1);
  const scaled = value / size;
  return numberText(scaled) + (name && ` ${scaled === 1 ? name : DATA.units[name] ?? name}`);
}

/** With commas; a fraction to six significant digits. */
function numberText(value) {
  if (Number.isInteger(value)) return grouped(value.toFixed(0));
  const digits = Math.min(Math.max(5 - Math.floor(Math.log10(Math.abs(value))), 1), 100);
  return grouped(value.toFixed(digits).replace(/0+$/, "").replace(/\.$/, ""));
}

function grouped(digits) {
  return digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
}

/** ``2024-12`` as ``Dec 2024``. */
function monthText(month) {
  if (month === null) return "not said";
  const [year, number] = month.split("-");
  return number ? `${"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[number - 1]} ${year}` : year;
}

/** Rows as CSV (RFC 4180), a line for the names of the columns first. */
function csvText(columns, rows) {
  const line = (cells) => `${cells.map(csvCell).join(",")}\r\n`;
  return line(columns) + rows.map((row) => line(columns.map((name) => row[name] ?? ""))).join("");
}

/** A cell that no spreadsheet takes for a formula, as render.defused has it, in quotes where it needs them. */
function csvCell(cell) {
  if (typeof cell === "number") return String(cell);
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
