// Today's session of the plan: which exercise comes, how much of it, and how it felt.

const $ = (id) => document.getElementById(id);
const KINDS = { trial: "Short trial", training: "Training", stretch: "Stretch" };

export class Guide {
  #exercises;
  #anyway;
  #follow;
  #tried = new Set();
  #plan = null;
  item = null;

  /** `follow` is called with each item that comes next, null for none. */
  constructor(exercises, anyway, follow) {
    this.#exercises = exercises;
    this.#anyway = anyway;
    this.#follow = follow;
    $("by-plan").hidden = false;
    $("of-choice").hidden = true;
    $("all").hidden = true;
  }

  /** The next exercise of today that was not tried yet; null when none is left. */
  async next(plan) {
    this.#plan = plan ?? (await fetch("/api/plan").then((answer) => answer.json()));
    const { items, training, state } = this.#plan;
    const all = this.#anyway && state === "rest" ? [...training, ...items] : items;
    const item = all.find((one) => !this.#tried.has(one.exercise));
    this.item = item ? { ...item, exercise: this.#exercises.find((e) => e.id === item.exercise) } : null;
    return this.item;
  }

  /** Writes what the plan wants into the form, and says why. */
  fill(form) {
    const { kind, sets, reps, seconds, rest_s, per_side, why } = this.item;
    $("of-side").hidden = true;
    form.sets.value = sets;
    form.reps.value = reps ?? "";
    form.seconds.value = seconds ?? "";
    form.rest.value = rest_s;
    const amount = seconds === null ? `${reps} repetitions` : `${seconds} s`;
    $("plan-kind").textContent = KINDS[kind];
    $("plan-target").textContent = `${sets > 1 ? `${sets} sets of ` : ""}${amount}${per_side ? " a side" : ""}`;
    $("plan-why").textContent = why;
    $("plan-warning").hidden = !this.#plan.warn;
    $("skip-item").onclick = (event) => {
      event.preventDefault();
      this.#tried.add(this.item.exercise.id);
      this.next(this.#plan).then(this.#follow);
    };
  }

  /** After an exercise: how it felt, then the next one. `saved` says whether anything was counted. */
  ask(saved) {
    this.#tried.add(this.item.exercise.id);
    $("felt").hidden = !saved;
    $("go-on").hidden = saved;
    $("done-actions").hidden = true;
    for (const button of $("felt").querySelectorAll("button")) {
      button.onclick = () => this.#felt(button.value);
    }
    $("go-on").onclick = () => this.next().then(this.#follow);
  }

  async #felt(pain) {
    const body = JSON.stringify({ exercise: this.item.exercise.id, pain });
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/api/plan/pain", { method: "POST", headers, body });
    if (!answer.ok) {
      $("done-note").textContent = "That could not be kept. Is formcheck still running? Try again.";
      return;
    }
    const plan = await answer.json();
    if (pain !== "none") return location.assign("/plan");
    this.#follow(await this.next(plan));
  }
}
