// One file on its way to the server: its row, its progress, what went wrong, and trying again.

const BUSY = new Set([429, 503]);
const BUSY_S = 5;
const LOST = "The connection was lost. Is formcheck still running?";

/** Bytes in words. */
export function size(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** Tells "over" when nothing more happens by itself, and "again" when it asks to be sent once more. */
export class Sending extends EventTarget {
  #file;
  #settings;
  #request = null;
  #timer = null;

  constructor(file, settings, template, what, most) {
    super();
    this.#file = file;
    this.#settings = settings;
    this.row = template.content.firstElementChild.cloneNode(true);
    this.#part(".name").textContent = file.name;
    this.#part(".what").textContent = what;
    this.#part("progress").setAttribute("aria-label", `How much of ${file.name} is sent`);
    this.#part("button").addEventListener("click", () => this.#press());
    this.#say("Waiting to be sent", 0);
    this.refused = file.size > most || file.size === 0;
    if (file.size > most) this.#fail(`${size(file.size)} is more than the ${size(most)} that are taken. Cut it shorter.`, false);
    if (file.size === 0) this.#fail("The file is empty.", false);
  }

  send() {
    this.#say("Sending", 0);
    const body = new FormData();
    for (const [name, value] of Object.entries(this.#settings)) if (value) body.append(name, value);
    body.append("file", this.#file, this.#file.name); // last: the server knows all else when it comes
    const request = (this.#request = new XMLHttpRequest());
    request.upload.addEventListener("progress", ({ loaded, total }) => this.#sent(loaded / total));
    request.addEventListener("load", () => this.#answered(request));
    request.addEventListener("error", () => this.#fail(LOST));
    request.open("POST", "/api/videos");
    request.responseType = "json";
    request.send(body);
  }

  #sent(share) {
    this.#say(share < 1 ? `Sending, ${Math.floor(100 * share)}\u00a0%` : "Sent, being checked", share);
  }

  #answered(request) {
    if (request.status === 202) return this.#accepted(request.response.id);
    if (request.status === 401) return location.assign("/login?next=/upload");
    if (BUSY.has(request.status)) return this.#later(Number(request.getResponseHeader("retry-after")) || BUSY_S);
    const why = request.response?.detail;
    this.#fail(typeof why === "string" ? why[0].toUpperCase() + why.slice(1) : `It was not taken (${request.status}).`, request.status >= 500);
  }

  /** From now on the server's own row stands here; the next look brings it. */
  #accepted(id) {
    this.row.dataset.id = id;
    this.row.dataset.going = "";
    this.#say("Sent", 1);
    this.#part("button").hidden = true;
    this.#over();
  }

  #later(seconds) {
    this.#say("The server is busy; it goes on in a moment", 0);
    this.#timer = setTimeout(() => this.send(), 1000 * seconds);
  }

  #fail(why, again = true) {
    this.#say(why, null);
    this.#part(".state").className = "state failed";
    this.row.classList.add("refused");
    this.#part("button").textContent = again ? "Try again" : "Remove";
    this.#over();
  }

  #press() {
    if (this.#part("button").textContent === "Try again") {
      this.row.classList.remove("refused");
      this.#part(".state").className = "state queued";
      this.#part("button").textContent = "Cancel";
      this.#say("Waiting to be sent", 0);
      this.dispatchEvent(new Event("again"));
      return;
    }
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.row.remove();
    this.#over();
  }

  #over() {
    this.#request = null;
    this.dispatchEvent(new Event("over"));
  }

  #say(text, share) {
    this.#part(".state span").textContent = text;
    this.#part("progress").hidden = share === null;
    if (share !== null) this.#part("progress").value = share;
  }

  #part(selector) {
    return this.row.querySelector(selector);
  }
}
