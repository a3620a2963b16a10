// A button beside each saved session that throws it away, after asking.

for (const row of document.querySelectorAll("[data-session]")) {
  const button = document.createElement("button");
  button.className = "quiet-button";
  button.textContent = "Delete";
  button.setAttribute("aria-label", `Delete: ${row.innerText.replaceAll("\n", ", ")}`);
  button.addEventListener("click", () => remove(row, button));
  row.append(button);
}

async function remove(row, button) {
  if (!confirm("Delete this session for good?")) return;
  button.disabled = true;
  const answer = await fetch(`/api/sessions/${row.dataset.session}`, { method: "DELETE" }).catch(() => null);
  const told = document.getElementById("told");
  if (answer?.ok) {
    row.remove();
    told.textContent = `Deleted. ${document.querySelectorAll("[data-session]").length} left.`;
  } else {
    button.disabled = false;
    told.textContent = "That could not be deleted. Is formcheck still running?";
  }
}
