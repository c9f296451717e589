"use strict";

const form = document.getElementById("filters");
const rows = [...document.querySelectorAll("[data-outcome]")];
const found = [...document.querySelectorAll("details.finding")];
const everything = [...document.querySelectorAll("details")];

function chosen(name) {
  return [...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value);
}

// Nothing chosen in a group of boxes means that it does not narrow anything down.
function matches(values, wanted) {
  return wanted.length === 0 || values.split(" ").some((value) => wanted.includes(value));
}

function filter() {
  const [outcomes, levels, differs] = [chosen("outcome"), chosen("level"), chosen("differs")];
  const words = form.elements.text.value.toLowerCase().split(/\s+/);
  let shown = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    const kept = matches(row.dataset.outcome, outcomes) && matches(row.dataset.level, levels)
      && matches(row.dataset.differs || "", differs)
      && words.every((word) => text.includes(word));
    row.hidden = !kept;
    shown += kept;
  }
  document.getElementById("shown").textContent = `${shown} of ${rows.length} clauses shown`;
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The fields have their first values back only after the event.
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
}

const toggle = document.getElementById("toggle");
function name() {
  const open = found.every((finding) => finding.open);
  toggle.textContent = open ? "Close all findings" : "Open all findings";
  return open;
}
if (toggle) {
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const open = name();
    for (const finding of found) finding.open = !open;
  });
  name();
}

// A long body is scrolled to what is wrong in it once it can be seen.
function show(finding) {
  const mark = finding.open && finding.querySelector("mark");
  const body = mark && mark.parentElement;
  if (body) body.scrollTop += mark.getBoundingClientRect().top - body.getBoundingClientRect().top - 48;
}
for (const finding of found) {
  finding.addEventListener("toggle", () => { show(finding); name(); });
  show(finding);
}

function follow() {
  const target = document.getElementById(location.hash.slice(1));
  if (target && target.matches("details")) target.open = true;
}
addEventListener("hashchange", follow);
follow();

// On paper nothing can be opened, so everything is, also what a filter hid.
let closed = [];
matchMedia("print").addEventListener("change", (event) => {
  if (event.matches) {
    closed = everything.filter((part) => !part.open);
    for (const part of closed) part.open = true;
  } else {
    for (const part of closed) part.open = false;
  }
});
