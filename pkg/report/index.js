(function () {
  document.querySelectorAll(".find").forEach(function (box) {
    var input = box.querySelector("input"), rows = Array.from(box.closest(".report").querySelectorAll(".index tbody tr"));
    box.hidden = rows.length < 8;
    input.addEventListener("input", function () {
      var wanted = input.value.trim().toLowerCase();
      rows.forEach(function (tr) { tr.hidden = wanted !== "" && tr.textContent.toLowerCase().indexOf(wanted) < 0; });
    });
  });
})();
