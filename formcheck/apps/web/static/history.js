// What is chosen is shown at once.

const filter = document.getElementById("filter");
filter?.addEventListener("change", () => filter.requestSubmit());
