// A list of videos that asks for its own rows again while one of them is waiting or being judged.

const EVERY_MS = 1500;

/** Keeps `list` up to date from `address()`; call the returned function when rows were added. */
export function follow(list, address) {
  let timer = null;
  const goesOn = () => list.querySelector("[data-going]") !== null;

  async function look() {
    timer = null;
    if (!document.hidden) await renewAll(list, address());
    begin();
  }

  function begin() {
    if (timer === null && goesOn()) timer = setTimeout(look, EVERY_MS);
  }

  begin();
  return begin;
}

async function renewAll(list, address) {
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const counted = fresh.querySelector("body > p");
  if (counted) document.getElementById("notice").textContent = counted.textContent;
  fresh.querySelectorAll("[data-id]").forEach((row, at) => {
    const old = list.querySelector(`[data-id="${row.dataset.id}"]`);
    if (!old) list.insertBefore(row, list.children[at] ?? null); // sent from elsewhere meanwhile
    else if (!old.isEqualNode(row)) renew(old, row);
  });
}

/** Puts the new row in the old one's place; the focus stays where it was, and an end is said. */
function renew(old, row) {
  const focused = [...old.querySelectorAll("a, button")].indexOf(document.activeElement);
  old.replaceWith(row);
  row.querySelectorAll("a, button")[focused]?.focus();
  if ("going" in row.dataset) return;
  document.getElementById("ended").textContent = `${row.querySelector("b").textContent}: ${row.querySelector(".state").textContent.trim()}`;
}
