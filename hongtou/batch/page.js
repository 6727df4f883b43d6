"use strict";
const buttons = [...document.querySelectorAll("button[data-status]")];
const rows = [...document.querySelectorAll("tbody tr")];
const search = document.getElementById("search");
let status = "";

function show() {
  const text = search.value.trim().toLowerCase();
  for (const row of rows) {
    const fits = !status || row.dataset.status === status;
    row.hidden = !fits || (text !== "" && !row.textContent.toLowerCase().includes(text));
  }
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button.dataset.status === status));
  }
}

for (const button of buttons) {
  button.addEventListener("click", () => { status = button.dataset.status; show(); });
}
search.addEventListener("input", show);
