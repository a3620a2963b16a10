// The socket to the server: says what it hears, and comes back by itself when it is lost.

const KEPT_MS = 60_000; // so long the server keeps a session whose socket is gone
const SILENT_MS = 8_000; // poses were sent and nothing came back: the line is dead
const FINAL = new Set([1000, 1008, 1013]);

export class Link extends EventTarget {
  #query;
  #socket = null;
  #token = null;
  #lostAt = null;
  #tries = 0;
  #unheard = null;
  #asked = new Map();
  #ended = false;

  /** Events: update (detail), lost, back, ended (detail {error}). */
  constructor(query) {
    super();
    this.#query = query;
    this.#connect();
  }

  get open() {
    return this.#socket?.readyState === WebSocket.OPEN && this.#token !== null;
  }

  send(message) {
    if (!this.open) return;
    this.#socket.send(JSON.stringify(message));
    this.#listen();
  }

  /** Sends a picture; resolves with its update, or null if none comes. */
  ask(t, blob, patience) {
    if (!this.open) return new Promise((resolve) => setTimeout(resolve, 100, null));
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#answered(t, null), patience);
      this.#asked.set(t, (update) => {
        clearTimeout(late);
        resolve(update);
      });
      this.#socket.send(blob);
      this.#listen();
    });
  }

  close() {
    this.#ended = true;
    clearTimeout(this.#unheard);
    this.#socket?.close();
  }

  #connect() {
    const query = this.#token ? new URLSearchParams({ resume: this.#token }) : this.#query;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/live?${query}`);
    this.#socket = socket;
    socket.onmessage = ({ data }) => socket === this.#socket && this.#hear(JSON.parse(data));
    socket.onclose = ({ code }) => socket === this.#socket && this.#gone(code);
  }

  #hear(message) {
    clearTimeout(this.#unheard);
    this.#unheard = null;
    if (message.hello) {
      this.#token = message.hello;
      this.#tries = 0;
      if (this.#lostAt !== null) this.dispatchEvent(new Event("back"));
      this.#lostAt = null;
    } else if (message.error) {
      if (message.over) this.#end(message.error);
      else console.warn(`formcheck: ${message.error}`);
    } else {
      this.#answered(message.t, message);
      this.dispatchEvent(new CustomEvent("update", { detail: message }));
      if ("saved" in message) this.close();
    }
  }

  #listen() {
    this.#unheard ??= setTimeout(() => {
      const dead = this.#socket;
      this.#gone(1006);
      dead.close();
    }, SILENT_MS);
  }

  #gone(code) {
    clearTimeout(this.#unheard);
    this.#unheard = null;
    for (const t of [...this.#asked.keys()]) this.#answered(t, null);
    if (this.#ended) return;
    if (FINAL.has(code)) return this.#end("The server ended this session. What was done is saved.");
    if (this.#lostAt === null) {
      this.#lostAt = performance.now();
      this.dispatchEvent(new Event("lost"));
    }
    if (performance.now() - this.#lostAt > KEPT_MS) {
      return this.#end("The connection did not come back within a minute. What was done is saved.");
    }
    this.#socket = null;
    setTimeout(() => this.#ended || this.#connect(), Math.min(2000, 250 * 2 ** this.#tries++));
  }

  #end(error) {
    if (this.#ended) return;
    this.close();
    this.dispatchEvent(new CustomEvent("ended", { detail: { error } }));
  }

  #answered(t, update) {
    this.#asked.get(t)?.(update);
    this.#asked.delete(t);
  }
}
