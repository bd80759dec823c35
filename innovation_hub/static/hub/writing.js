/* The guided form: saves by itself every 20 seconds, keeps text that could not be saved, gives advice on the title.
   Every step works without this file. */
(() => {
const d = document, form = d.querySelector("form[data-writing]");
if (!form) return;
const says = (id) => d.getElementById(id), status = says("tersimpan"), key = "tulis:" + form.dataset.writing;
const EVERY = 20000, own = ["csrfmiddlewaretoken", "versi", "versi_otomatis", "dilihat", "entri"];
const texts = () => [...new FormData(form)].filter(([n, v]) => typeof v === "string" && !own.includes(n));
const written = () => JSON.stringify(texts());
let saved = written(), busy = false, leaving = false;
says("otomatis").hidden = false;

/* Text that a failed saving left in this browser. */
const store = (act) => { try { return act(localStorage); } catch { return null; } };
const keep = () => store((s) => s.setItem(key, written()));
const forget = () => store((s) => s.removeItem(key));
const kept = store((s) => s.getItem(key));
const offer = says("tawaran");
if (kept && kept !== saved) {
  offer.hidden = false;
  offer.querySelector("[data-restore]").onclick = () => {
    const values = new Map();
    for (const [n, v] of JSON.parse(kept)) values.set(n, [...(values.get(n) || []), v]);
    for (const f of form.elements) {
      if (!f.name || own.includes(f.name) || f.type === "file" || f.type === "submit" || f.type === "button") continue;
      const v = values.get(f.name) || [];
      if (f.type === "checkbox" || f.type === "radio") f.checked = v.includes(f.value);
      else if (f.type !== "hidden" && v.length) f.value = v[0];
    }
    offer.hidden = true; changed(); save();
  };
  offer.querySelector("[data-discard]").onclick = () => { forget(); offer.hidden = true; };
} else forget();

async function save() {
  const now = written();
  if (busy || leaving || now === saved) return;
  busy = true;
  const data = new FormData(form);
  for (const [n, v] of [...data]) if (typeof v !== "string") data.delete(n);
  data.set("otomatis", "1");
  try {
    const r = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const answer = (r.headers.get("Content-Type") || "").includes("json") ? await r.json() : {};
    if (leaving) return;
    if (!r.ok) {
      keep();
      status.textContent = answer.signed_out || r.redirected ? form.dataset.signedOut : answer.message || form.dataset.failed;
    } else if (answer.stamp) {
      saved = now; forget();
      form.elements.versi.value = form.elements.versi_otomatis.value = answer.stamp;
      for (const [name, places] of Object.entries(answer.rows)) places.forEach((at, i) => {
        const f = form.elements[name + "-" + i + "-di"], box = form.elements[name + "-" + i + "-hapus"];
        if (f) f.value = at ?? "";
        if (box?.checked) box.closest("fieldset").remove();
      });
      saved = written(); status.textContent = answer.message;
    } else { keep(); status.textContent = form.dataset.failed; }
  } catch { if (!leaving) { keep(); status.textContent = form.dataset.failed; } }
  busy = false;
}
let timer = 0;
const changed = () => {
  if (written() === saved) return;
  if (!status.textContent.startsWith(form.dataset.typing)) status.textContent = form.dataset.typing;
  if (!timer) timer = setTimeout(() => { timer = 0; save(); }, EVERY);
};
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", () => { leaving = true; keep(); });
addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });

/* Advice while the title is being typed. */
const list = d.querySelector("#saran ul"), icon = says("saran-ikon");
if (form.dataset.advice && list) {
  let wait = 0, asked;
  const about = ["title_plain", "brand_name", "acronym_expansion", "entri", "csrfmiddlewaretoken"];
  const show = (items) => list.replaceChildren(...items.map((one) => {
    const li = d.createElement("li"), words = d.createElement("span");
    words.textContent = one.text;
    for (const n of one.about) {
      const a = d.createElement("a");
      a.href = n.address; a.textContent = n.name + ", " + n.owner;
      words.append(" ", a);
    }
    if (icon.firstElementChild) li.append(icon.firstElementChild.cloneNode(true));
    li.append(words);
    return li;
  }));
  form.addEventListener("input", (e) => {
    if (!about.includes(e.target.name)) return;
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const data = new FormData();
      about.forEach((n) => data.set(n, form.elements[n]?.value || ""));
      asked?.abort(); asked = new AbortController();
      try {
        const r = await fetch(form.dataset.advice, { method: "POST", body: data, signal: asked.signal });
        if (r.ok) show((await r.json()).items);
      } catch { /* typed on, or offline */ }
    }, 700);
  });
}
})();
