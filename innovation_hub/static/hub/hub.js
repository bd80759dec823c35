/* Suggestions, menus and filters of the public pages. Every page works without this file. */
(() => {
const d = document, all = (s) => [...d.querySelectorAll(s)], attr = (e, a) => { for (const k in a) e.setAttribute(k, a[k]); return e; };

/* Menus close on Escape and on a click elsewhere. */
const menus = () => all("details.drop[open],details.menu[open]");
d.addEventListener("keydown", (e) => { if (e.key === "Escape") menus().forEach((m) => { m.open = false; m.firstElementChild.focus(); }); });
d.addEventListener("click", (e) => menus().forEach((m) => { if (!m.contains(e.target)) m.open = false; }));

/* A search field with suggestions: the ARIA combobox pattern, a list below the field. */
function combo(field) {
  let items = [], at = -1, timer, asked;
  const list = attr(d.createElement("ul"), { role: "listbox", id: field.id + "-saran", class: "suggest", hidden: "", "aria-label": field.labels[0].textContent });
  field.parentNode.classList.add("combo");
  field.after(list);
  attr(field, { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" });
  const close = () => { list.hidden = true; at = -1; attr(field, { "aria-expanded": "false" }).removeAttribute("aria-activedescendant"); };
  const mark = (n) => {
    at = (n + items.length) % items.length;
    [...list.children].forEach((li, i) => attr(li, { "aria-selected": i === at }));
    attr(field, { "aria-activedescendant": list.id + at });
  };
  const show = () => {
    list.replaceChildren(...items.map((it, i) => {
      const li = attr(d.createElement("li"), { role: "option", id: list.id + i }), a = d.createElement("span"), b = d.createElement("span");
      a.textContent = it.text; b.textContent = it.kind; b.className = "n";
      li.append(a, b);
      li.onmousedown = (e) => { e.preventDefault(); location = it.url; };
      return li;
    }));
    if (items.length) { list.hidden = false; at = -1; attr(field, { "aria-expanded": "true" }); } else close();
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const q = field.value.trim();
      asked?.abort(); asked = new AbortController();
      if (q.length < 2) return close();
      try {
        const r = await fetch(field.dataset.suggest + "?q=" + encodeURIComponent(q), { signal: asked.signal });
        items = r.ok ? (await r.json()).items : []; show();
      } catch { /* typed on, or offline: the form still works */ }
    }, 120);
  });
  field.addEventListener("keydown", (e) => {
    if (list.hidden) return;
    if (e.key === "ArrowDown") { e.preventDefault(); mark(at + 1); }
    else if (e.key === "ArrowUp") { e.preventDefault(); mark(at < 0 ? -1 : at - 1); }
    else if (e.key === "Enter" && at >= 0) { e.preventDefault(); location = items[at].url; }
    else if (e.key === "Escape") { e.preventDefault(); close(); }
  });
  field.addEventListener("blur", close);
}
if (!navigator.connection?.saveData) all("input[data-suggest]").forEach(combo);

/* New results keep the boxes open that the reader had opened, and say how many they are. */
let open = [];
d.addEventListener("htmx:beforeSwap", () => { open = all("details[id][open]").map((x) => x.id); });
d.addEventListener("htmx:afterSwap", () => open.forEach((id) => { const x = d.getElementById(id); if (x) x.open = true; }));
d.addEventListener("htmx:afterSettle", () => { const k = d.getElementById("kabar"), n = d.getElementById("n"); if (k && n) k.textContent = n.textContent; });
})();
