"use strict";
// The page of one case. All texts come from the server; this script only carries clicks
// there and puts what comes back into place.
const main = document.getElementById("main");
const say = document.getElementById("say");
const dialog = id => document.getElementById(id);
let version = -1, running = "", lost = false;

function tell(text) { say.textContent = text; clearTimeout(tell.timer); if (text && !lost) tell.timer = setTimeout(() => { say.textContent = ""; }, 6000); }

async function send(what, fields) {
  const answer = await fetch("/do/" + what, { method: "POST", body: new URLSearchParams(fields) });
  return answer.ok ? await answer.json() : { ok: false, text: await answer.text() };
}

// draw asks for the page again and keeps what is open and where the reader is.
async function draw() {
  const answer = await fetch("/main");
  if (!answer.ok) return;
  const open = [...main.querySelectorAll("details")].map(d => d.open);
  const typed = {};
  main.querySelectorAll("form.values [name^='key.']").forEach(f => { if (f.value !== f.defaultValue) typed[f.name] = f.value; });
  const at = scrollY, focused = path(document.activeElement);
  main.innerHTML = await answer.text();
  main.querySelectorAll("details").forEach((d, i) => { if (i in open) d.open = open[i]; });
  for (const name in typed) { const f = main.querySelector(`form.values [name="${CSS.escape(name)}"]`); if (f) f.value = typed[name]; }
  ready();
  scrollTo(0, at);
  if (focused) main.querySelector(focused)?.focus({ preventScroll: true });
}

function path(el) {
  const finding = el?.closest?.("[data-finding]");
  return finding ? `[data-finding="${CSS.escape(finding.dataset.finding)}"] button` : "";
}

function ready() {
  const m = main.querySelector("main[data-version]");
  if (m) version = Number(m.dataset.version);
  place(main);
  tick();
  const title = main.querySelector("h1");
  if (m && title) document.title = title.textContent;
}

// Boxes lie where the server says, in percent: styles in attributes are not allowed.
function place(root) {
  root.querySelectorAll("i[data-box]").forEach(i => {
    const [l, t, w, h] = i.dataset.box.split(" ");
    Object.assign(i.style, { left: l + "%", top: t + "%", width: w + "%", height: h + "%" });
  });
}

function tick() {
  main.querySelectorAll(".clock").forEach(c => {
    // The server's time counts: a clock set wrongly does not move a deadline.
    if (!c.seen) c.seen = new Date(c.dataset.now) - Date.now();
    let s = Math.floor((new Date(c.dataset.at) - Date.now() - c.seen) / 1000);
    const [d, h, m, sec] = c.dataset.units.split("|");
    c.classList.toggle("urgent", s < 86400);
    if (s < 0) { c.textContent = c.dataset.over; return; }
    const days = Math.floor(s / 86400); s %= 86400;
    const two = n => String(n).padStart(2, "0");
    c.querySelector("b").textContent = `${days ? days + " " + d + " " : ""}${two(Math.floor(s / 3600))} ${h} ${two(Math.floor(s / 60) % 60)} ${m} ${two(s % 60)} ${sec}`;
  });
}

async function decide(button) {
  const finding = button.closest("[data-finding]"), wrong = button.dataset.decide === "wrong";
  const box = dialog("decide"), form = box.querySelector("form"), error = form.querySelector(".error");
  box.querySelector("h2").textContent = finding.querySelector(".head").textContent.trim();
  box.querySelector("#decide-file").textContent = finding.closest(".subject")?.querySelector("h4")?.textContent ?? "";
  box.querySelector(".right").hidden = wrong;
  box.querySelector(".wrong").hidden = !wrong;
  form.reset();
  form.by.value = localStorage.getItem("by") ?? "";
  error.hidden = true;
  form.onsubmit = async e => {
    if (e.submitter?.value !== "yes") return;
    e.preventDefault();
    localStorage.setItem("by", form.by.value);
    const fields = { finding: finding.dataset.finding, by: form.by.value, note: wrong ? form.why.value : form.note.value };
    if (wrong) fields.overrule = "yes";
    const answer = await send("decide", fields);
    if (answer.ok) { box.close(); return; }
    error.textContent = answer.text; error.hidden = false;
  };
  box.showModal();
  (form.by.value ? (wrong ? form.why : form.note) : form.by).focus();
}

function look(button) {
  const stage = dialog("look").querySelector(".stage");
  stage.replaceChildren();
  const img = new Image();
  img.alt = button.querySelector("img")?.alt ?? "";
  img.src = "/picture?full=1&file=" + encodeURIComponent(button.dataset.look);
  // Papers are shown by the browser in a window of their own.
  if (/\.pdf$/i.test(button.dataset.look)) { open(img.src, "_blank", "noopener"); return; }
  stage.append(img);
  if (button.dataset.boxes) { const i = document.createElement("i"); i.dataset.box = button.dataset.boxes; stage.append(i); }
  button.querySelectorAll("i").forEach(i => stage.append(i.cloneNode()));
  place(stage);
  dialog("look").showModal();
}

function both(button) {
  const box = dialog("both"), [one, two] = box.querySelectorAll("img"), [a, b] = box.querySelectorAll("figcaption");
  const src = file => "/picture?full=1&file=" + encodeURIComponent(file);
  one.src = src(button.dataset.both); two.src = src(button.dataset.with);
  a.textContent = one.alt = button.dataset.name; b.textContent = two.alt = button.dataset.other;
  const range = box.querySelector("input"), slide = () => { two.style.clipPath = `inset(0 0 0 ${range.value}%)`; };
  range.value = 50; range.oninput = slide; slide();
  box.showModal();
}

async function run(what, go) {
  const box = dialog("run"), pre = box.querySelector("pre"), yes = box.querySelector("[data-act=go]");
  running = what;
  yes.hidden = true;
  pre.textContent = document.body.dataset.working;
  if (!box.open) box.showModal();
  const answer = await send("run", { what, go: go ? "yes" : "" });
  pre.textContent = answer.text;
  yes.hidden = go || !answer.ok;
}

async function act(what, fields) {
  const answer = await send(what, fields);
  if (!answer.ok) tell(answer.text);
  return answer.ok;
}

document.addEventListener("click", async e => {
  const b = e.target.closest("button");
  if (!b) return;
  const d = b.dataset;
  if (d.act === "close") b.closest("dialog").close();
  else if (d.act === "go") run(running, true);
  else if (d.look) look(b);
  else if (d.both) both(b);
  else if (d.decide) decide(b);
  else if (d.run) run(d.run, false);
  else if (d.lang) { await act("lang", { lang: d.lang }); location.reload(); }
  else if (d.doNow) act(d.doNow, {});
  else if (d.open) start(d.open);
});

async function start(path) {
  tell(document.body.dataset.working);
  if (await act("open", { path })) location.reload();
}

document.addEventListener("submit", async e => {
  const form = e.target, what = form.dataset.do;
  if (!what) return;
  e.preventDefault();
  if (what === "open") { start(form.path.value); return; }
  const error = form.querySelector(".error");
  const answer = await send(what, Object.fromEntries(new FormData(form)));
  if (error) { error.textContent = answer.text; error.hidden = answer.ok; }
  if (answer.ok) form.querySelectorAll("input, select").forEach(f => { f.defaultValue = f.value; });
});

document.addEventListener("change", async e => {
  const form = e.target.closest("form[data-auto]");
  if (!form) return;
  const answer = await send(form.dataset.do, Object.fromEntries(new FormData(form)));
  if (!answer.ok) tell(answer.text);
});

function listen() {
  const events = new EventSource("/events");
  events.addEventListener("version", e => { lost = false; if (Number(e.data) !== version) draw(); });
  events.addEventListener("over", () => { lost = true; events.close(); tell(document.body.dataset.lost); });
  events.onerror = () => { if (events.readyState === EventSource.CLOSED || !events.opened) { lost = true; tell(document.body.dataset.lost); } };
  events.onopen = () => { events.opened = true; if (lost) { lost = false; tell(""); } };
}

setInterval(tick, 1000);
ready();
listen();
