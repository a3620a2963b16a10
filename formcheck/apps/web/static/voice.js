// Speech by the browser. One thing at a time, and only the newest waits: what is late is not said at all.

const STALE_MS = 1500;
const STUCK_MS = 9000;

export class Voice {
  on = true;
  #next = null;
  #saying = null;
  #stuck = null;

  get possible() {
    return "speechSynthesis" in window;
  }

  /** Call it in a click: phones let nothing speak before that. */
  unlock() {
    if (this.possible && this.on) speechSynthesis.speak(new SpeechSynthesisUtterance(""));
  }

  say(text) {
    if (!this.on || !this.possible || document.hidden) return;
    this.#next = { text, since: performance.now() };
    if (!this.#saying) this.#speak();
  }

  quiet() {
    this.#next = null;
    this.#saying = null;
    clearTimeout(this.#stuck);
    if (this.possible) speechSynthesis.cancel();
  }

  #speak() {
    const next = this.#next;
    this.#next = null;
    if (!next || performance.now() - next.since > STALE_MS) return;
    const words = new SpeechSynthesisUtterance(next.text);
    words.lang = "en";
    words.onend = words.onerror = () => this.#over(words);
    this.#saying = words;
    this.#stuck = setTimeout(() => this.#over(words), STUCK_MS); // some browsers forget to say that they ended
    speechSynthesis.speak(words);
  }

  #over(words) {
    if (words !== this.#saying) return;
    clearTimeout(this.#stuck);
    this.#saying = null;
    this.#speak();
  }
}
