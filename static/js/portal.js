// Enhancement only: every page reads and every form works without this file.

const NARROW = 600;
const script = document.querySelector("script[data-govuk-frontend]");

document.body.classList.add("js-enabled", "govuk-frontend-supported");
import(script.dataset.govukFrontend).then((govuk) => govuk.initAll());

// Tables behind charts stand open in the HTML, for readers without script.
for (const details of document.querySelectorAll("details[data-closed-by-script]")) {
  details.open = false;
}

// Shown as blocks, a table loses its meaning to some screen readers unless the roles are said.
for (const table of document.querySelectorAll(".responsive-table")) {
  table.setAttribute("role", "table");
  table.querySelectorAll("thead, tbody").forEach((group) => group.setAttribute("role", "rowgroup"));
  table.querySelectorAll("tr").forEach((row) => row.setAttribute("role", "row"));
  table.querySelectorAll("thead th").forEach((cell) => cell.setAttribute("role", "columnheader"));
  table.querySelectorAll("tbody th").forEach((cell) => cell.setAttribute("role", "rowheader"));
  table.querySelectorAll("td").forEach((cell) => cell.setAttribute("role", "cell"));
}

function merged(layout, changes) {
  const result = { ...layout };
  for (const [name, value] of Object.entries(changes || {})) {
    const both = result[name] && value && typeof value === "object" && !Array.isArray(value);
    result[name] = both ? merged(result[name], value) : value;
  }
  return result;
}

function draw(plot) {
  const figure = JSON.parse(document.getElementById(plot.dataset.chart).textContent);
  const narrow = plot.clientWidth < NARROW;
  plot.dataset.narrow = narrow;
  const layout = narrow ? merged(figure.layout, figure.narrow) : figure.layout;
  window.Plotly.react(plot, figure.data, layout, { displayModeBar: false, responsive: true });
}

function drawAll(plots) {
  plots.forEach(draw);
  window.addEventListener("resize", () => {
    plots.filter((plot) => String(plot.clientWidth < NARROW) !== plot.dataset.narrow).forEach(draw);
  });
}

// The chart library is large, so only pages with a chart ask for it.
const plots = [...document.querySelectorAll("[data-chart]")];
if (plots.length > 0) {
  const library = document.createElement("script");
  library.src = script.dataset.plotly;
  library.addEventListener("load", () => drawAll(plots));
  library.addEventListener("error", () => plots.forEach((plot) => plot.remove()));
  document.head.append(library);
}

// A warning five minutes before the session ends. Any page loaded since has renewed it.
const warning = document.querySelector("[data-session-seconds]");
if (warning) {
  const seconds = Number(warning.dataset.sessionSeconds) - 300;
  window.setTimeout(() => { warning.hidden = false; }, Math.max(0, seconds) * 1000);
}
