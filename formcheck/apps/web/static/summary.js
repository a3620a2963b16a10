// A finished set in words and, where a fault was seen, its picture from this very page.

/** A node that tells a set; `snapshots` are pictures by the fault's id. */
export function summary(set, snapshots) {
  const node = make("div", "summary");
  const [big, small] = headline(set);
  const head = make("p", "headline");
  head.append(make("b", "num", big), make("span", "", small));
  node.append(head);
  if (set.left !== null && set.right !== null) node.append(make("p", "", `Left ${set.left}, right ${set.right}`));
  if (set.score !== null) {
    node.append(make("p", "quiet", `Form ${set.score} of 100; ${Math.round(100 * set.coverage)} % of it could be seen`));
  }
  if (set.faults.length) {
    const list = make("ul", "faults");
    list.append(...set.faults.map((fault) => itemOf(fault, snapshots.get(fault.id))));
    node.append(list);
  } else {
    node.append(make("p", "", "No fault was seen."));
  }
  if (set.not_assessed) node.append(make("p", "quiet small", set.not_assessed));
  return node;
}

function headline(set) {
  if (set.cadence_spm !== null) return [String(set.cadence_spm), "steps a minute"];
  if (set.hold_s !== null && !set.attempts) {
    return [`${Math.floor(set.hold_s)} s`, `held, ${Math.floor(set.clean_hold_s ?? 0)} s of it clean`];
  }
  return [`${set.reps}`, `of ${set.attempts} counted, ${set.good_reps} with good form`];
}

function itemOf(fault, picture) {
  const item = make("li", fault.level);
  if (picture) {
    const image = make("img", "");
    image.src = picture;
    image.alt = `Your posture when “${fault.cue}” was first said`;
    item.append(image);
  }
  const words = make("div", "");
  words.append(make("b", "", fault.cue), make("span", "", fault.why));
  item.append(words);
  return item;
}

function make(tag, name, text = "") {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  return node;
}
