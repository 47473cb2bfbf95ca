"use strict";

/* One release: its text with what it states marked, the figures beside it, and the way from each to the other. */

const KIND_TITLES = { count: "Counts", quantity: "Quantities", money: "Money", date: "Dates" };

/** Fills a release that is opened for the first time. */
function drawRelease(details, release) {
  if (details.querySelector(".text")) return;
  const warnings = release.warnings.map((warning) => make("li", {}, warning));
  if (warnings.length) details.append(make("ul", { class: "warnings", "aria-label": "Warnings" }, ...warnings));
  details.append(make("div", { class: "side-by-side" }, releaseText(details.id, release), releaseFigures(details.id, release)));
  connect(details);
}

function releaseText(id, { text, items }) {
  let marks = 0;
  const parts = text.map((part) => {
    if (typeof part === "string") return part.replace(/(\n\s*){3,}/g, "\n\n");
    const owners = [...new Set(part.flatMap(([, numbers]) => numbers))];
    const pieces = part.map(([words, numbers]) => {
      const kind = numbers.length ? items[numbers[0]].kind : "";
      return make("span", { class: `mark ${kind}`, "data-items": numbers.join(" ") }, words);
    });
    const described = owners.map((owner) => `${id}-i${owner}`);
    const linked = { href: `#${described[0]}`, "aria-describedby": described.join(" "), "data-items": owners.join(" ") };
    return make("a", { class: "stretch", id: `${id}-m${marks++}`, ...linked }, ...pieces);
  });
  return make("div", { class: "text", role: "group", "aria-label": "Text of the release" }, ...parts);
}

function releaseFigures(id, { items }) {
  const bodies = Object.entries(KIND_TITLES).flatMap(([kind, title]) => {
    const rows = items.flatMap((item, number) => (item.kind === kind ? [figureRow(id, item, number)] : []));
    return rows.length ? [make("tbody", {}, make("tr", {}, make("th", { colspan: 3, scope: "rowgroup" }, title)), ...rows)] : [];
  });
  if (!bodies.length) return make("p", { class: "figures quiet" }, "No figures or dates found.");
  const header = ["Value", "Measure, period and rule", "Lines"].map((name) => make("th", { scope: "col" }, name));
  const table = make("table", { "aria-label": "Figures of the release" }, make("thead", {}, make("tr", {}, ...header)), ...bodies);
  return make("div", { class: "figures" }, table);
}

function figureRow(id, item, number) {
  const lines = item.places.flatMap(([line, mark], place) => [
    place ? ", " : "",
    make("a", { href: `#${id}-m${mark}`, "aria-label": `line ${line}`, "data-line": line }, String(line)),
  ]);
  const apart = item.total || item.kind === "date" ? "" : "not in the totals";
  const more = [item.of, item.period, apart].filter(Boolean).join(", ");
  const told = [item.label, ...(more ? [make("small", {}, more)] : []), make("small", { class: "rule" }, item.rules.join(", "))];
  return make(
    "tr",
    { id: `${id}-i${number}`, "data-items": number, tabindex: "-1", class: item.kind },
    make("td", { class: "value" }, item.told),
    make("td", {}, ...told),
    make("td", { class: "number" }, ...lines),
  );
}

/** Marks and rows light each other up: under the pointer, in focus, and, until something else is or Escape is pressed, when clicked. */
function connect(details) {
  const elements = [...details.querySelectorAll("[data-items]")];
  const itemsOf = (node) => node.closest?.("[data-items]")?.dataset.items.split(" ") ?? [];
  let kept = [];
  const light = (numbers) => {
    for (const element of elements) {
      element.classList.toggle("lit", element.className !== "stretch" && itemsOf(element).some((number) => numbers.includes(number)));
    }
  };
  const follow = (event) => {
    const numbers = itemsOf(event.target);
    if (!numbers.length) return;
    const link = event.target.closest("a");
    const mark = link?.dataset.line ? link.hash : `.text [data-items~="${numbers[0]}"]`;
    const target = details.querySelector(link?.className === "stretch" ? `#${details.id}-i${numbers[0]}` : mark);
    if (link) {
      event.preventDefault();
      target.focus({ preventScroll: true });
    }
    target.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    kept = numbers;
    light(kept);
  };
  details.addEventListener("pointerover", (event) => light(itemsOf(event.target).length ? itemsOf(event.target) : kept));
  details.addEventListener("pointerleave", () => light(kept));
  details.addEventListener("focusin", (event) => {
    kept = itemsOf(event.target);
    light(kept);
  });
  details.addEventListener("focusout", (event) => {
    if (details.contains(event.relatedTarget)) return;
    kept = [];
    light(kept);
  });
  details.addEventListener("click", follow);
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    kept = [];
    light(kept);
  });
}
