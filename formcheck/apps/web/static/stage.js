// What is seen while somebody exercises: large, calm, one thing at a time.

import { drawBody } from "./figure.js";
import { summary } from "./summary.js";

const $ = (id) => document.getElementById(id);
const PHASES = { rest: "ready", out: "go", hold: "hold", back: "return" };
const BEHIND = "The computer that counts is busy: some moments are not looked at.";
/** So many poses left out between two answers are worth a word. */
const MANY = 2;
const MARKS = { error: "■", warn: "▲", praise: "✓" };
const SNAPSHOT_PX = 360;

export class Stage {
  /** Pictures of faults by their id, taken when each was first said; they never leave the page. */
  snapshots = new Map();
  #figure;
  #faults = [];
  #body = null;
  #dropped = 0;
  #behindUntil = -1;
  #set = "";

  constructor(figure) {
    this.#figure = figure;
    for (const [name, colour] of Object.entries(figure.colours)) $("stage").style.setProperty(`--${name}`, colour);
  }

  begin(track, voice) {
    this.camera(track);
    this.voice(voice);
    for (const id of ["why", "countdown", "instruction", "cue", "card", "note"]) $(id).hidden = true;
    for (const id of ["task", "set", "small", "phase"]) $(id).textContent = "";
    $("big").textContent = "0";
    this.#fill(null);
    $("stage").dataset.state = "";
    $("pause").focus({ preventScroll: true });
  }

  camera(track) {
    $("view").classList.toggle("mirrored", track.getSettings().facingMode !== "environment");
    navigator.mediaDevices.enumerateDevices().then((all) => {
      $("camera").hidden = all.filter((d) => d.kind === "videoinput").length < 2;
    });
  }

  voice(voice) {
    $("mute").setAttribute("aria-pressed", String(voice.on));
    $("mute").lastElementChild.textContent = voice.possible ? `Voice ${voice.on ? "on" : "off"}` : "No voice here";
    $("mute").disabled = !voice.possible;
  }

  dark(on = !$("stage").classList.contains("dark")) {
    $("stage").classList.toggle("dark", on);
    $("dark").setAttribute("aria-pressed", String(on));
    $("dark").lastElementChild.textContent = on ? "Show camera" : "Dark";
  }

  banner(text) {
    $("banner").hidden = !text;
    $("banner").textContent = text ?? "";
  }

  picturesAreSent() {
    $("note").hidden = false;
  }

  body(body) {
    this.#body = body;
    drawBody($("canvas"), body, this.#faults, this.#figure);
  }

  show(u) {
    this.#faults = u.faults;
    $("stage").dataset.state = u.state;
    $("task").textContent = u.exercise;
    $("set").textContent = [
      u.sets > 1 ? `Set ${u.set_n} of ${u.sets}` : "",
      u.side ? `${u.side} side` : "",
    ].filter(Boolean).join(" · ");
    if (u.say) $("aloud").textContent = u.say;
    this.#count(u);
    this.#fill(u);
    this.#words(u);
    this.#cue(u.cue);
    this.#card(u);
    $("skip").lastElementChild.textContent = resting(u) ? "Skip rest" : "End set";
    $("pause").lastElementChild.textContent = u.state === "paused" ? "Go on" : "Pause";
  }

  #count(u) {
    const [big, small] = numbers(u);
    if ($("big").textContent !== big) {
      $("big").textContent = big;
      $("count").toggleAttribute("data-long", big.length > 2);
      $("count").classList.remove("tick");
      void $("count").offsetWidth; // so that the short flash begins anew
      $("count").classList.toggle("tick", u.state === "exercising");
    }
    $("small").textContent = small;
    const why = u.why_not ? `Not counted: ${u.why_not}` : this.#behind(u) ? BEHIND : "";
    $("why").hidden = !why;
    $("why").textContent = why;
  }

  /** Whether the server has left out poses of late; it is shown so long that it can be read. */
  #behind(u) {
    if (u.dropped > this.#dropped + MANY) this.#behindUntil = u.t + 5;
    this.#dropped = u.dropped;
    return u.t < this.#behindUntil;
  }

  #fill(u) {
    const known = u?.progress !== null && u?.progress !== undefined;
    $("meter").hidden = !u || u.kind === "gait" || (u.hold_s !== null && u.goal_s === null);
    $("meter").classList.toggle("unknown", !known);
    $("meter").dataset.level = u?.faults[0]?.level ?? "good";
    $("fill").style.setProperty("--part", known ? Math.max(0, Math.min(1, u.progress)) : 0);
    $("phase").textContent = u?.state === "exercising" ? (PHASES[u.phase] ?? "") : "";
  }

  #words(u) {
    const counting = u.state === "countdown" && u.seconds_left !== null;
    $("countdown").hidden = !counting;
    if (counting) $("countdown").textContent = String(Math.max(1, Math.ceil(u.seconds_left)));
    const text = u.instruction ?? (u.state === "paused" ? "Paused" : null);
    $("instruction").hidden = !text || counting || resting(u);
    $("instruction").firstElementChild.textContent = text ?? "";
  }

  #cue(cue) {
    $("cue").hidden = !cue;
    if (!cue) return;
    $("cue").dataset.level = cue.level;
    $("cue").firstElementChild.textContent = MARKS[cue.level];
    $("cue").lastElementChild.textContent = cue.text;
    if (cue.level !== "praise" && !this.snapshots.has(cue.id)) this.#keep(cue.id);
  }

  #card(u) {
    const shown = resting(u) && u.summary;
    $("card").hidden = !shown;
    if (!shown) {
      this.#set = "";
      return;
    }
    const set = JSON.stringify(u.summary);
    if (this.#set !== set) {
      this.#set = set;
      $("card-title").textContent = `Set ${u.summary.n} of ${u.summary.of}${u.summary.side ? `, ${u.summary.side} side` : ""}`;
      $("card-set").replaceChildren(summary(u.summary, this.snapshots));
      $("card-title").focus({ preventScroll: true });
    }
    $("rest").hidden = u.seconds_left === null;
    $("timer").textContent = clock(u.seconds_left ?? 0);
    $("next").textContent = u.next ? `Next: ${u.next}` : "Rest";
  }

  /** Keeps the picture in which a fault was first shown. */
  #keep(id) {
    const [video, body] = [$("video"), this.#body];
    if (!body || !video.videoWidth) return;
    const scale = Math.min(1, SNAPSHOT_PX / Math.max(video.videoWidth, video.videoHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    const pen = canvas.getContext("2d");
    if ($("view").classList.contains("mirrored")) pen.setTransform(-1, 0, 0, 1, canvas.width, 0);
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    drawBody($("canvas"), body, this.#faults, this.#figure);
    pen.drawImage($("canvas"), 0, 0, canvas.width, canvas.height);
    this.snapshots.set(id, canvas.toDataURL("image/jpeg", 0.8));
  }
}

function resting(u) {
  return u.state === "set_done" || u.state === "resting";
}

function numbers(u) {
  if (u.kind === "gait") return [u.cadence_spm === null ? "–" : String(Math.round(u.cadence_spm)), "steps a minute"];
  if (u.hold_s !== null) return [held(u.hold_s), u.goal_s === null ? "seconds held" : `of ${held(u.goal_s)} seconds`];
  const goal = u.goal_reps === null ? "" : `of ${u.goal_reps}`;
  if (!u.per_side || u.left === null) return [String(u.reps), goal || (u.attempts ? `of ${u.attempts} tried` : "")];
  return [String(u.reps), `left ${u.left}, right ${u.right}${goal ? ` · ${goal} each` : ""}`];
}

/** Seconds as they count up: the larger without a colon the better. */
function held(seconds) {
  return String(Math.floor(seconds));
}

function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
