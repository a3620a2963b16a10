// The upload page: files are chosen or dropped, sent a few at a time, then followed until they are judged.

import "./delete.js";
import { follow } from "./follow.js";
import { Sending, size } from "./sending.js";

const AT_ONCE = 4;
const $ = (id) => document.getElementById(id);
const form = $("upload");
const waiting = [];
const sending = new Set();
const accepted = () => [...$("videos").querySelectorAll("[data-id]")].slice(0, 50);
const goOn = follow($("videos"), () => `/videos/rows?${accepted().map((row) => `id=${row.dataset.id}`).join("&")}`);

function add(files) {
  if (!files.length) return;
  if (!form.reportValidity()) return;
  const { file: _, ...settings } = Object.fromEntries(new FormData(form));
  const named = $("exercise").selectedOptions[0].textContent.trim();
  $("list").hidden = false;
  for (const file of files) {
    const facts = [size(file.size), settings.exercise === "auto" ? "" : named, settings.person.trim()];
    const item = new Sending(file, settings, $("sending"), facts.filter(Boolean).join(" · "), Number(form.dataset.max));
    item.addEventListener("again", () => enqueue(item));
    item.addEventListener("over", () => over(item));
    $("videos").append(item.row);
    if (item.refused) continue;
    enqueue(item);
  }
  tell();
  $("list").scrollIntoView({ block: "nearest" });
}

function enqueue(item) {
  waiting.push(item);
  next();
}

function next() {
  while (sending.size < AT_ONCE && waiting.length) {
    const item = waiting.shift();
    sending.add(item);
    item.send();
  }
}

function over(item) {
  sending.delete(item);
  const at = waiting.indexOf(item);
  if (at >= 0) waiting.splice(at, 1);
  tell();
  next();
  goOn();
}

function tell() {
  const left = sending.size + waiting.length;
  $("notice").textContent = left ? `${left} still to be sent. Keep this page open.` : "All sent. You may close this page: the work goes on.";
}

function howToFilm() {
  const { setup, picture, caption } = $("exercise").selectedOptions[0].dataset;
  $("setup").hidden = !setup;
  $("setup-hint").textContent = setup ?? "";
  $("setup-picture").hidden = !picture;
  if (picture) Object.assign($("setup-picture"), { src: picture, alt: caption });
}

$("files").addEventListener("change", () => {
  add([...$("files").files]);
  $("files").value = ""; // so that the same file may be chosen again
});
$("exercise").addEventListener("change", howToFilm);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("invalid", ({ target }) => target.closest("details")?.setAttribute("open", ""), true);
for (const type of ["dragover", "drop"]) {
  document.addEventListener(type, (event) => event.preventDefault()); // a video that misses must not leave the page
}
document.addEventListener("dragenter", () => $("drop").classList.add("over"));
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) $("drop").classList.remove("over");
});
document.addEventListener("drop", (event) => {
  $("drop").classList.remove("over");
  add([...event.dataTransfer.files]);
});
window.addEventListener("beforeunload", (event) => {
  if (sending.size + waiting.length) event.preventDefault();
});
howToFilm();
