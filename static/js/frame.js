// What the frame says and how it waits: the status line, busy targets, no network.
const status = document.getElementById("status");

function say(...texts) {
  status.textContent = texts.join(" ");
}
status.addEventListener("click", () => say());

// A message that came with an htmx answer (header HX-Trigger), or text marked in the new fragment.
document.body.addEventListener("say", (event) => say(...event.detail.texts));
document.body.addEventListener("htmx:afterSwap", (event) => {
  const marked = event.target.querySelector?.("[data-say]");
  if (marked) say(marked.textContent.trim());
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.target?.setAttribute("aria-busy", "true");
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target?.removeAttribute("aria-busy");
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(name, () => say(status.dataset.offline));
}
document.body.addEventListener("htmx:responseError", () => say(status.dataset.failed));
