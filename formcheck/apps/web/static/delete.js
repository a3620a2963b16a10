// Buttons that throw something away, after asking. What is gone leaves its list; a page about it gives way.

const FAILED = "That could not be deleted. Is formcheck still running?";

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-delete]");
  if (!button || !confirm(`${button.textContent.trim()}: ${button.dataset.what}? It cannot be brought back.`)) return;
  button.disabled = true;
  const answer = await fetch(button.dataset.delete, { method: "DELETE" }).catch(() => null);
  if (answer?.ok || answer?.status === 404) return gone(button);
  button.disabled = false;
  tell(FAILED);
});

function gone(button) {
  if (button.dataset.then) return location.assign(button.dataset.then);
  const row = button.closest("li");
  const [list, near] = [row.parentElement, row.nextElementSibling ?? row.previousElementSibling];
  row.remove();
  near?.querySelector("a, button")?.focus();
  tell(`Deleted. ${list.childElementCount} left.`);
}

function tell(text) {
  const notice = document.getElementById("notice");
  notice.hidden = false;
  notice.textContent = text;
}
