// One workout from the camera to the saved session: pictures, poses, the socket, the voice and what is shown.

import { closeCamera, openCamera, otherCamera, Pictures } from "./camera.js";
import { Link } from "./link.js";
import { BrowserPoser, ServerPoser } from "./posers.js";
import { Stage } from "./stage.js";
import { Voice } from "./voice.js";

const $ = (id) => document.getElementById(id);
const HIDDEN = "Paused: this page is hidden.";
const LOST = "Connection lost, trying again …";
const GONE = "The camera stopped. Trying again …";
const RETRY_MS = 2000;
const clock = () => (performance.timeOrigin + performance.now()) / 1000;

export class Workout {
  #known;
  #voice = new Voice();
  #stage;
  #link = null;
  #poser = null;
  #pictures = null;
  #track = null;
  #last = null;
  #end = null;
  #listening = new AbortController();
  #awake = null;

  constructor(known, voice) {
    this.#known = known;
    this.#voice.on = voice !== "off";
    this.#stage = new Stage(known.figure);
    this.#stage.dark(voice === "only");
    /** Resolves to {last, snapshots, error} when all is over. */
    this.over = new Promise((resolve) => (this.#end = resolve));
  }

  /** Opens camera and poses; `ready` is called once the stage may be shown. */
  async open(ready, query) {
    this.#voice.unlock();
    this.#track = await openCamera($("video"));
    ready();
    this.#stage.begin(this.#track, this.#voice);
    this.#stage.banner("Getting ready …");
    this.#buttons();
    this.#poser = await this.#openPoser();
    this.#link = new Link(query);
    this.#link.addEventListener("update", ({ detail }) => this.#answered(detail));
    this.#link.addEventListener("lost", () => this.#stage.banner(LOST));
    this.#link.addEventListener("back", () => this.#stage.banner(null));
    this.#link.addEventListener("ended", ({ detail }) => this.#close(detail.error));
    this.#stage.banner(null);
    await this.#stayAwake();
    this.#look();
  }

  async #openPoser() {
    const { vendor, model } = this.#known;
    try {
      if (!vendor) throw new Error("not installed");
      return await BrowserPoser.open(vendor, model);
    } catch (error) {
      console.warn(`formcheck: poses are found by the server (${error.message})`);
      this.#stage.picturesAreSent();
      return new ServerPoser();
    }
  }

  async #look() {
    this.#pictures = new Pictures($("video"));
    while (await this.#pictures.next()) {
      try {
        const body = await this.#poser.look($("video"), clock(), this.#link);
        if (this.#end) this.#stage.body(body);
      } catch (error) {
        if (!this.#end) return;
        console.warn(`formcheck: ${error.message}`);
        this.#poser.close();
        this.#poser = new ServerPoser();
        this.#stage.picturesAreSent();
      }
    }
  }

  #answered(update) {
    this.#last = update;
    this.#stage.show(update);
    if (update.say) this.#voice.say(update.say);
    if ("saved" in update) this.#close(null);
  }

  #buttons() {
    const { signal } = this.#listening;
    const on = (target, type, act) => target.addEventListener(type, act, { signal });
    const acts = {
      pause: () => this.#link?.send({ command: "toggle" }),
      skip: () => this.#link?.send({ command: "skip" }),
      "skip-rest": () => this.#link?.send({ command: "skip" }),
      finish: () => this.#finish(),
      mute: () => this.#mute(),
      dark: () => this.#stage.dark(),
      camera: () => this.#otherCamera(),
    };
    for (const [id, act] of Object.entries(acts)) on($(id), "click", act);
    const keys = { " ": "pause", s: "skip", q: "finish", m: "mute", d: "dark" };
    on(document, "keydown", (event) => {
      const id = keys[event.key.toLowerCase()];
      if (!id || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === " " && event.target.closest("button")) return; // space presses what has the focus
      event.preventDefault();
      acts[id]();
    });
    on(document, "visibilitychange", () => this.#hidden());
    on(window, "pagehide", () => this.#voice.quiet());
    on(this.#track, "ended", () => this.#reopen());
  }

  #finish() {
    if (this.#link?.open) this.#link.send({ command: "finish" });
    else this.#close("The session ended without a connection. What was done is saved within a minute.");
  }

  #mute() {
    this.#voice.on = !this.#voice.on;
    if (!this.#voice.on) this.#voice.quiet();
    this.#stage.voice(this.#voice);
  }

  #hidden() {
    document.title = document.hidden ? "Paused · formcheck" : "Live · formcheck";
    if (document.hidden) this.#voice.quiet();
    else this.#stayAwake();
    this.#stage.banner(document.hidden ? HIDDEN : null);
  }

  async #otherCamera() {
    const id = await otherCamera(this.#track);
    if (id) await this.#reopen(id);
  }

  async #reopen(id) {
    if (!this.#end) return;
    try {
      this.#track = await openCamera($("video"), id);
      this.#track.addEventListener("ended", () => this.#reopen(), { signal: this.#listening.signal });
      this.#stage.camera(this.#track);
      this.#stage.banner(null);
    } catch {
      this.#stage.banner(GONE);
      setTimeout(() => this.#reopen(), RETRY_MS);
    }
  }

  async #stayAwake() {
    try {
      this.#awake = await navigator.wakeLock?.request("screen");
    } catch {
      // a low battery may forbid it
    }
  }

  #close(error) {
    const end = this.#end;
    if (!end) return;
    this.#end = null;
    this.#listening.abort();
    this.#pictures?.stop();
    this.#poser?.close();
    this.#link?.close();
    this.#awake?.release();
    closeCamera($("video"));
    document.title = "Live · formcheck";
    this.#stage.dark(false);
    end({ last: this.#last, snapshots: this.#stage.snapshots, error });
  }
}
