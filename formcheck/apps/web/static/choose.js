// The cards of the exercises, and the search over them.

const $ = (id) => document.getElementById(id);

export class Chooser {
  #cards;

  constructor(exercises) {
    this.#cards = exercises.map((exercise) => ({ exercise, node: card(exercise) }));
    $("cards").replaceChildren(...this.#cards.map(({ node }) => node));
    $("search").addEventListener("input", () => this.#search($("search").value));
    this.#search("");
  }

  focus() {
    $("choose").querySelector("h1").focus({ preventScroll: true });
  }

  #search(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { exercise, node } of this.#cards) {
      const all = [exercise.name, ...exercise.also, exercise.group, exercise.about].join(" ").toLowerCase();
      node.hidden = !words.every((word) => all.includes(word));
      found += !node.hidden;
    }
    $("found").textContent = found === 0 ? "No exercise like that." : `${found} exercise${found === 1 ? "" : "s"}`;
  }
}

function card(exercise) {
  const node = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${exercise.id}`;
  if (exercise.picture) {
    link.append(make("img", { src: exercise.picture, alt: "", loading: "lazy", width: 320, height: 240 }));
  }
  const level = exercise.level ? `Level ${exercise.level} · ` : "";
  link.append(
    make("b", { textContent: exercise.name }),
    make("span", { className: "quiet", textContent: `${level}${exercise.group}` }),
    make("span", { className: "quiet small", textContent: exercise.setup }),
  );
  node.append(link);
  return node;
}

function make(tag, fields) {
  return Object.assign(document.createElement(tag), fields);
}
