"use strict";
(function () {
  var body = document.body, key = "aecheck " + body.dataset.key, kept = { ticks: {}, lang: "" };
  try { kept = Object.assign(kept, JSON.parse(window.localStorage.getItem(key) || "{}")); } catch (e) { kept.ticks = {}; }
  function keep() { try { window.localStorage.setItem(key, JSON.stringify(kept)); } catch (e) { return; } }
  var boxes = Array.from(document.querySelectorAll("input[data-tick]"));
  function show() {
    boxes.forEach(function (b) {
      b.checked = Boolean(kept.ticks[b.dataset.tick]);
      b.closest("li").classList.toggle("done", b.checked);
    });
    document.querySelectorAll("[data-ticked]").forEach(function (p) {
      var own = boxes.filter(function (b) { return p.closest("section").contains(b); });
      p.textContent = p.dataset.ticked.replace("{n}", own.filter(function (b) { return b.checked; }).length).replace("{total}", own.length);
      p.hidden = own.length === 0;
    });
  }
  boxes.forEach(function (b) {
    b.addEventListener("change", function () {
      if (b.checked) { kept.ticks[b.dataset.tick] = 1; } else { delete kept.ticks[b.dataset.tick]; }
      keep();
      show();
    });
  });
  show();
  var tongues = Array.from(document.querySelectorAll("input[name=lang]"));
  function speak(radio) {
    var report = document.getElementById("r-" + radio.value);
    if (!report) { return; }
    document.documentElement.lang = report.lang;
    document.title = report.dataset.title;
  }
  tongues.forEach(function (r) {
    if (kept.lang === r.value) { r.checked = true; }
    if (r.checked) { speak(r); }
    r.addEventListener("change", function () { kept.lang = r.value; keep(); speak(r); });
  });
  var before = null;
  document.addEventListener("click", function (e) {
    var a = e.target.closest("a");
    if (!a) { return; }
    if (a.classList.contains("thumb")) { before = a; }
  });
  window.addEventListener("hashchange", function () {
    var open = document.querySelector(".zoom:target a");
    if (open) { open.focus(); return; }
    if (before) { before.focus({ preventScroll: true }); before = null; }
  });
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details.more:not([open])"));
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (d) { d.open = false; });
  });
  document.addEventListener("keydown", function (e) {
    if (e.key === "Escape" && document.querySelector(".zoom:target")) { window.location.hash = "z"; }
  });
})();
