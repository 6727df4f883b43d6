"use strict";
const items = Array.from(document.querySelectorAll("#items > li"));
const filter = document.getElementById("filter");
let current = -1;
function show(index) {
  if (index < 0 || index >= items.length) return;
  if (current >= 0) items[current].removeAttribute("aria-current");
  current = index;
  const item = items[index];
  item.setAttribute("aria-current", "true");
  item.scrollIntoView({ block: "nearest" });
  for (const figure of document.querySelectorAll("figure")) figure.hidden = figure.id !== item.dataset.page;
  document.getElementById("nothing").hidden = item.dataset.page !== "";
  const figure = document.getElementById(item.dataset.page);
  if (!figure) return;
  const box = figure.querySelector(".box");
  box.hidden = !item.dataset.box;
  if (box.hidden) return;
  const [left, top, width, height] = item.dataset.box.split(" ");
  box.style.left = left + "%"; box.style.top = top + "%";
  box.style.width = width + "%"; box.style.height = height + "%";
  box.scrollIntoView({ block: "center" });
}
function step(by) {
  let index = current + by;
  while (index >= 0 && index < items.length && items[index].hidden) index += by;
  show(index);
}
items.forEach((item, index) => item.addEventListener("click", () => show(index)));
filter.addEventListener("change", () => {
  for (const item of items) item.hidden = filter.value !== "" && item.dataset.rule !== filter.value;
  current >= 0 && items[current].removeAttribute("aria-current");
  current = -1;
  step(1);
});
document.addEventListener("keydown", (event) => {
  if (event.target === filter) return;
  if (event.key === "j" || event.key === "ArrowDown") { step(1); event.preventDefault(); }
  if (event.key === "k" || event.key === "ArrowUp") { step(-1); event.preventDefault(); }
});
step(1);
