// Enhancement only: every page reads and every form works without this file.

const NARROW = 600;
// A screen reader is told of every tenth part that is sent, not of each packet.
const TOLD = 10;
const script = document.querySelector("script[data-govuk-frontend]");
let shown = location.pathname + location.search;

function enhance() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  import(script.dataset.govukFrontend).then((govuk) => govuk.initAll());
  closeDetails();
  sayRolesOfTables();
  drawCharts();
  warnBeforeTheEnd();
  document.querySelectorAll("form[data-shows-progress]").forEach(showProgress);
}

// Tables behind charts stand open in the HTML, for readers without script.
function closeDetails() {
  for (const details of document.querySelectorAll("details[data-closed-by-script]")) {
    details.open = false;
  }
}

// Shown as blocks, a table loses its meaning to some screen readers unless the roles are said.
function sayRolesOfTables() {
  for (const table of document.querySelectorAll(".responsive-table")) {
    table.setAttribute("role", "table");
    table.querySelectorAll("thead, tbody").forEach((group) => group.setAttribute("role", "rowgroup"));
    table.querySelectorAll("tr").forEach((row) => row.setAttribute("role", "row"));
    table.querySelectorAll("thead th").forEach((cell) => cell.setAttribute("role", "columnheader"));
    table.querySelectorAll("tbody th").forEach((cell) => cell.setAttribute("role", "rowheader"));
    table.querySelectorAll("td").forEach((cell) => cell.setAttribute("role", "cell"));
  }
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
function drawCharts() {
  const plots = [...document.querySelectorAll("[data-chart]")];
  if (plots.length > 0) {
    const library = document.createElement("script");
    library.src = script.dataset.plotly;
    library.addEventListener("load", () => drawAll(plots));
    library.addEventListener("error", () => plots.forEach((plot) => plot.remove()));
    document.head.append(library);
  }
}

// A warning five minutes before the session ends. Any page loaded since has renewed it.
function warnBeforeTheEnd() {
  const warning = document.querySelector("[data-session-seconds]");
  if (warning) {
    const seconds = Number(warning.dataset.sessionSeconds) - 300;
    window.setTimeout(() => { warning.hidden = false; }, Math.max(0, seconds) * 1000);
  }
}

// A large file takes a while to send: the form is sent as it is, and says how far it has come.
function showProgress(form) {
  const status = form.querySelector("[data-progress]");
  let isSending = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isSending) {
      return;
    }
    isSending = true;
    send(form, status);
  });
}

function send(form, status) {
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-hidden", "true");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) {
      bar.value = 100 * event.loaded / event.total;
      say(status, `Sending your file: ${TOLD * Math.floor(bar.value / TOLD)}% sent`, bar);
    }
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    say(status, "Your file is sent. The portal is checking it.", bar);
  });
  request.addEventListener("load", () => show(request.responseText, request.responseURL));
  // What goes wrong on the way is the browser's own to say.
  request.addEventListener("error", () => form.submit());
  say(status, "Sending your file: 0% sent", bar);
  request.send(new FormData(form));
}

function say(status, words, bar) {
  if (status.firstChild?.textContent !== words) {
    status.replaceChildren(words, bar);
  }
}

// The page that came back takes this one's place, as after a plain sending of the form. It is not asked for again,
// because what it says of the sending is said once.
function show(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
  if (address && address !== location.href.split("#")[0]) {
    history.pushState(null, "", address);
  }
  shown = location.pathname + location.search;
  window.scrollTo(0, 0);
  enhance();
  // The error summary, where there is one, takes the focus by itself.
  if (!document.querySelector(".govuk-error-summary")) {
    const heading = document.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }
}

// Going back to a page that another took the place of.
window.addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) {
    location.reload();
  }
});

enhance();
