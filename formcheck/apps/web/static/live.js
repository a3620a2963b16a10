// The live page: choose, prepare, exercise, look back.

import { Chooser } from "./choose.js";
import { Guide } from "./guide.js";
import { Workout } from "./workout.js";
import { summary } from "./summary.js";

const $ = (id) => document.getElementById(id);
const REMEMBERED = "formcheck-plan";
const known = await fetch("/live/exercises").then((answer) => answer.json());
const asked = new URLSearchParams(location.search);
const guide = asked.has("plan") ? new Guide(known.exercises, asked.has("anyway"), follow) : null;
let workout = null;

const chooser = new Chooser(known.exercises);
window.addEventListener("hashchange", route);
$("plan").addEventListener("submit", start);
$("where").textContent = known.vendor
  ? "The camera's pictures stay in this browser. Only the positions of your joints go to your own computer running formcheck."
  : "Pictures go to your own computer running formcheck, and nowhere else. (To keep them in this browser, run: make web)";
route();

function show(id) {
  $("paper").hidden = id === "stage";
  for (const part of ["choose", "prepare", "done", "stage"]) $(part).hidden = part !== id;
  document.body.classList.toggle("on-stage", id === "stage");
  window.scrollTo(0, 0);
}

async function route() {
  if (workout) return;
  if (guide) return follow(await guide.next());
  const exercise = known.exercises.find((e) => e.id === location.hash.slice(1));
  if (!exercise) {
    show("choose");
    return chooser.focus();
  }
  prepare(exercise);
}

/** What the plan asks for now; its page when nothing is left. */
function follow(item) {
  if (!item) return location.assign("/plan");
  prepare(item.exercise);
  guide.fill($("plan").elements);
}

function prepare(exercise) {
  show("prepare");
  $("name").textContent = exercise.name;
  $("about").textContent = exercise.about;
  $("setup").textContent = exercise.setup;
  $("picture").hidden = !exercise.picture;
  if (exercise.picture) Object.assign($("picture"), { src: exercise.picture, alt: exercise.caption });
  $("of-reps").hidden = exercise.timed;
  $("of-reps").querySelector("span").textContent = exercise.per_side ? "Repetitions a side" : "Repetitions";
  $("of-seconds").hidden = !exercise.held;
  $("of-side").hidden = exercise.sides === "both";
  $("trouble").hidden = true;
  for (const [name, value] of Object.entries(remembered())) {
    const field = $("plan").elements[name];
    if (field) field.value = value;
  }
  $("plan").elements.side.value = "";
  $("name").focus({ preventScroll: true });
}

async function start(event) {
  event.preventDefault();
  const exercise = guide ? guide.item.exercise : known.exercises.find((e) => e.id === location.hash.slice(1));
  const plan = Object.fromEntries(new FormData($("plan")));
  if (!guide) remember(plan);
  const query = new URLSearchParams({ exercise: exercise.id, sets: plan.sets, rest: plan.rest });
  query.set("reps", exercise.timed ? "" : plan.reps);
  query.set("seconds", exercise.held ? plan.seconds : "");
  if (exercise.sides !== "both" && plan.side) query.set("side", plan.side);
  $("start").disabled = true;
  $("trouble").hidden = true;
  workout = new Workout(known, plan.voice);
  try {
    await workout.open(() => show("stage"), query);
    finish(await workout.over);
  } catch (error) {
    show("prepare");
    $("trouble").textContent = error.message;
    $("trouble").hidden = false;
  }
  workout = null;
  $("start").disabled = false;
}

function finish({ last, snapshots, error }) {
  show("done");
  const saved = last?.saved;
  $("done-title").textContent = last?.summary ? "Well done" : "Finished";
  $("done-saved").textContent = error ?? (saved ? "The session is saved." : "Nothing was counted, so nothing was saved.");
  $("done-set").replaceChildren(...(last?.summary ? [summary(last.summary, snapshots)] : []));
  $("report").hidden = !saved;
  if (saved) $("report").href = saved;
  $("done-note").textContent = snapshots.size ? "The pictures above exist only on this page; they are gone when you leave it." : "";
  if (guide) guide.ask(Boolean(saved));
  $("done-title").focus();
}

$("again").addEventListener("click", (event) => {
  event.preventDefault();
  history.replaceState(null, "", "/live");
  route();
});

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED)) ?? {};
  } catch {
    return {};
  }
}

function remember({ sets, reps, seconds, rest, voice }) {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify({ sets, reps, seconds, rest, voice }));
  } catch {
    // private windows keep nothing
  }
}
