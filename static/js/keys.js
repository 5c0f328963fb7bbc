// The key / leads to the search, where nobody is typing and it is not switched off in this browser.
const OFF = "slash-off";
const isOn = () => !localStorage.getItem(OFF);

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (!isOn() || event.target.closest?.("input, select, textarea, button, summary, [contenteditable]")) return;
  const field = document.querySelector("main form[role=search] input[name=q]");
  const link = document.querySelector("[data-search-link]");
  if (!field && !link) return;
  event.preventDefault(); // the sign itself is not typed, nor the browser's own search opened
  if (field) field.focus();
  else link.click();
});

const box = document.querySelector("[data-slash]");
if (box) {
  box.checked = isOn();
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  box.closest("[data-slash-choice]").hidden = false;
}
