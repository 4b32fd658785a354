/** What the page does by itself. It asks nobody for anything, and without it the page still shows all. */
export const PAGE_SCRIPT = String.raw`
"use strict";
(() => {
  const FULL = 1000, CLOSEST = 1e-6;
  const lanes = [...document.querySelectorAll("svg.lane")];
  const views = new Map(lanes.map((lane) => [lane, [0, FULL]]));

  function show(lane, x, width) {
    const wide = Math.min(FULL, Math.max(CLOSEST, width));
    const from = Math.min(FULL - wide, Math.max(0, x));
    views.set(lane, [from, wide]);
    lane.setAttribute("viewBox", from + " 0 " + wide + " 40");
    const [first, last] = lane.parentElement.querySelectorAll(".end");
    first.textContent = addressAt(lane, from, 0n);
    last.textContent = addressAt(lane, from + wide, 1n);
    lane.parentElement.classList.toggle("zoomed", wide < FULL);
  }

  function addressAt(lane, x, back) {
    const size = BigInt(lane.dataset.size);
    const offset = (size * BigInt(Math.round(x * 1e12))) / BigInt(FULL * 1e12);
    const value = BigInt(lane.dataset.first) + offset - back;
    return lane.dataset.family === "4" ? ipv4(value) : ipv6(value);
  }

  function ipv4(value) {
    return [24n, 16n, 8n, 0n].map((bits) => String((value >> bits) & 255n)).join(".");
  }

  function ipv6(value) {
    const groups = value.toString(16).padStart(32, "0").match(/.{4}/g).map((group) => group.replace(/^0+(?=.)/, ""));
    const runs = groups.join(":").match(/\b0(?::0)+\b/g) || [];
    const longest = runs.sort((one, other) => other.length - one.length)[0];
    return longest ? groups.join(":").replace(longest, ":").replace(/^:(?!:)|(?<!:):$/g, "::").replace(/:{3,}/, "::") : groups.join(":");
  }

  function zoomTo(lane, rect) {
    const x = Number(rect.getAttribute("x")), width = Number(rect.getAttribute("width"));
    const [, wide] = views.get(lane);
    if (width >= wide / 2) show(lane, x, width);
    else show(lane, x - width * 2, width * 5);
  }

  for (const lane of lanes) {
    lane.addEventListener("click", (event) => {
      const rect = event.target.closest("rect");
      if (rect) zoomTo(lane, rect);
    });
    lane.addEventListener("dblclick", () => show(lane, 0, FULL));
    lane.addEventListener("keydown", (event) => {
      const [x, width] = views.get(lane);
      const steps = {
        "+": () => show(lane, x + width / 4, width / 2),
        "=": () => show(lane, x + width / 4, width / 2),
        "-": () => show(lane, x - width / 2, width * 2),
        ArrowLeft: () => show(lane, x - width / 4, width),
        ArrowRight: () => show(lane, x + width / 4, width),
        Escape: () => show(lane, 0, FULL),
        0: () => show(lane, 0, FULL),
      };
      if (!Object.hasOwn(steps, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      steps[event.key]();
    });
    lane.parentElement.querySelector("button").addEventListener("click", () => show(lane, 0, FULL));
  }

  for (const button of document.querySelectorAll("button.find")) {
    button.addEventListener("click", () => {
      const name = button.textContent;
      for (const lane of [...lanes].reverse()) {
        const rect = [...lane.querySelectorAll("rect[data-name]")].find(
          (each) => each.dataset.name === name && each.querySelector("title").textContent.includes(button.dataset.subnet),
        );
        if (!rect) continue;
        zoomTo(lane, rect);
        lane.scrollIntoView({ block: "center" });
        lane.focus({ preventScroll: true });
        return;
      }
    });
  }

  const search = document.querySelector("#search");
  const rows = [...document.querySelectorAll("tbody tr")];
  const rects = lanes.flatMap((lane) => [...lane.querySelectorAll("rect[class]:not(.collision)")]);
  const rectTexts = rects.map((rect) => rect.textContent.toLowerCase());
  const rowTexts = rows.map((row) => row.textContent.toLowerCase());
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    let found = 0;
    rows.forEach((row, index) => {
      row.hidden = wanted !== "" && !rowTexts[index].includes(wanted);
      if (!row.hidden) found += 1;
    });
    rects.forEach((rect, index) => rect.classList.toggle("dim", wanted !== "" && !rectTexts[index].includes(wanted)));
    document.querySelector("#found").textContent = wanted === "" ? "" : found + " found";
  });
})();
`;
