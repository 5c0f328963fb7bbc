// Forms: no double posts, no lost words, focus where the fault is.
const changed = new Set();

// Only forms marked data-guard ask before what was typed is left behind.
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) changed.add(form);
});
addEventListener("beforeunload", (event) => {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  changed.delete(form);
  if (form.hasAttribute("hx-post")) return; // htmx disables and restores by itself
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 5000); // the answer may be a file, and the page stays
  event.submitter?.setAttribute("aria-busy", "true");
});
// The back button may show the page as it was left.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

const focusFault = (root) => root.querySelector?.(".error-summary")?.focus();
focusFault(document);
document.body.addEventListener("htmx:afterSettle", (event) => focusFault(event.target));

// Tick all, with the count said in words beside it.
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-check-all]");
  if (!all) return;
  for (const box of document.querySelectorAll(`input[name="${all.dataset.checkAll}"]`)) box.checked = all.checked;
});

// How many are ticked, over and under their list.
const bars = document.querySelectorAll("[data-chosen]");
const count = () => {
  for (const bar of bars) {
    const ticked = document.querySelectorAll(`input[name="${bar.dataset.chosen}"]:checked`).length;
    const n = document.querySelector('input[name="everybody"]:checked') ? bar.dataset.all : ticked;
    bar.textContent = bar.dataset.words.replace("#", n);
    bar.hidden = false;
  }
};
document.addEventListener("change", count);
addEventListener("pageshow", count);

// A list beside its search field shows at once what matches; the button looks further.
const folded = (text) => text.normalize("NFC").toLocaleLowerCase("sv");
document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-narrow]");
  if (!field) return;
  const words = folded(field.value).split(/\s+/);
  for (const row of document.querySelectorAll(field.dataset.narrow)) {
    const text = folded(row.querySelector("legend").textContent);
    row.hidden = !words.every((word) => text.includes(word));
  }
});

// Copying needs a script: the button is there only where one can.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const link = document.getElementById(button.dataset.copy);
  link.select();
  await navigator.clipboard.writeText(link.value);
  document.getElementById("status").textContent = button.dataset.copied;
});
if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
