// Draws the pictures of the page from DATA. A policy has one colour, dash and mark everywhere.
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c8c8c"];
const MARKS = ["circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "x",
  "pentagon", "star", "hexagon", "hourglass", "bowtie", "triangle-left", "triangle-right"];

function style(name) {
  const index = DATA.rules.indexOf(name);
  if (index < 0) return { color: "#8c8c8c", dash: "dot", mark: "line-ew-open" };
  return { color: COLORS[index % 7], dash: index < 7 ? "solid" : "dash", mark: MARKS[index % 14] };
}

function variable(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function colors() {
  const axis = { gridcolor: variable("--line"), zerolinecolor: variable("--line"), linecolor: variable("--pale") };
  return { axis, ink: variable("--ink") };
}

function toolbar() {
  return { bgcolor: "rgba(0,0,0,0)", color: variable("--pale"), activecolor: variable("--ink") };
}

function layout(x, y) {
  const { axis, ink } = colors();
  const narrow = window.innerWidth < 640;
  return {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: ink, size: narrow ? 11 : 13 },
    // The toolbar is above the picture, as pale as its axes.
    margin: { l: narrow ? 48 : 64, r: 12, t: 34, b: 52 },
    modebar: toolbar(),
    legend: { orientation: "h", y: -0.22, yanchor: "top" },
    hovermode: "closest",
    xaxis: { ...axis, ...x, automargin: true },
    yaxis: { ...axis, ...y, automargin: true },
  };
}

const plots = [];

// A menu of columns above a picture, each with the title of its axis.
function choice(id, series, columns) {
  const place = document.getElementById(id);
  if (!place || !series.length) return;
  const select = document.createElement("select");
  select.setAttribute("aria-label", "quantity in the picture");
  for (const [label] of columns) select.add(new Option(label));
  select.addEventListener("change", () => {
    const [, column, title] = columns[select.selectedIndex];
    Plotly.update(place, { y: series.map((one) => one[column]) }, { "yaxis.title.text": title });
  });
  place.before(select);
}

function draw(id, traces, x, y) {
  const place = document.getElementById(id);
  if (!place) return;
  if (!traces.length) { place.closest("figure").remove(); return; }
  const options = { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["lasso2d", "select2d"] };
  Plotly.newPlot(place, traces, layout(x, y), options);
  plots.push(place);
}

function marks(series, column) {
  const { color, mark } = style(series.name);
  return {
    type: "scatter", mode: "markers", name: series.name, legendgroup: series.name,
    x: series.length, y: series[column],
    marker: { color, symbol: mark, size: mark.endsWith("-open") ? 9 : 7, line: { color, width: mark.endsWith("-open") ? 2 : 0 } },
    hovertemplate: "%{x:,} rows: %{y:.4~g}<extra>" + series.name + "</extra>",
  };
}

function line(predicted, column, inLegend) {
  const { color, dash } = style(predicted.name);
  return {
    type: "scatter", mode: "lines", name: predicted.name, legendgroup: predicted.name, showlegend: inLegend,
    x: predicted.length, y: predicted[column], line: { color, dash, width: 2 },
    hovertemplate: "%{x:,} rows: %{y:.4~g}<extra>" + predicted.name + ", predicted</extra>",
  };
}

// With one length the policies stand side by side.
function boxes(series, column) {
  const { color } = style(series.name);
  return {
    type: "box", name: series.name, y: series[column], boxpoints: "all", jitter: 0.4, pointpos: 0,
    marker: { color, size: 5 }, line: { color, width: 1 }, fillcolor: "rgba(0,0,0,0)",
  };
}

const rows = { title: { text: "rows" }, type: "log" };

for (const heap of DATA.heaps) {
  const one = DATA.one;
  // Without a type the policies "2" and "4" would be numbers.
  const policies = { title: { text: "" }, type: "category" };
  const time = { title: { text: "CPU ns per row" }, type: "log" };
  draw("time-" + heap.name, heap.series.map((s) => (one ? boxes(s, "cpu") : marks(s, "cpu"))), one ? policies : rows, time);
  choice("time-" + heap.name, heap.series, [
    ["CPU time", "cpu", "CPU ns per row"], ["time", "wall", "ns per row"], ["slowest push", "slowest", "µs"], ["page faults", "faults", "pages"],
  ]);
  const memory = { title: { text: "peak bytes per byte" }, rangemode: "tozero" };
  const known = heap.series.filter((series) => DATA.rules.includes(series.name));
  const lines = one ? [] : DATA.predicted.filter((p) => known.some((s) => s.name === p.name)).map((p) => line(p, heap.name === "warm" ? "capacity" : "peak", false));
  draw("memory-" + heap.name, known.map((s) => (one ? boxes(s, "peak") : marks(s, "peak"))).concat(lines), one ? policies : rows, memory);
  const front = heap.front.map((row, index) => {
    const { color, mark } = style(row.name);
    return {
      type: "scatter", mode: window.innerWidth < 640 ? "markers" : "markers+text", name: row.name, text: [row.name], textposition: index % 2 ? "bottom center" : "top center",
      x: [row.time], y: [row.memory], cliponaxis: false,
      error_x: { type: "data", symmetric: false, array: [row.high - row.time], arrayminus: [row.time - row.low], color },
      marker: { color, symbol: row.pareto ? mark : mark + "-open", size: 11 },
      hovertemplate: "time %{x:.3f}, memory %{y:.3f}<extra>" + row.name + "</extra>",
    };
  });
  draw("front-" + heap.name, front, { title: { text: "time, best = 1" } }, { title: { text: "mean peak bytes per byte" } });
}

const several = DATA.predicted.some((predicted) => predicted.length.length > 1);
const copying = DATA.heaps.find((heap) => heap.name === "copying") || DATA.heaps[0];
const measured = copying ? copying.series.filter((series) => DATA.rules.includes(series.name)).map((series) => ({ ...marks(series, "copies"), showlegend: false })) : [];
const predicted = (column) => (several ? DATA.predicted.map((p) => line(p, column, true)) : []);
draw("copies", several ? predicted("copies").concat(DATA.one ? [] : measured) : [], rows, { title: { text: "copies per row" }, rangemode: "tozero" });
draw("capacity", predicted("capacity"), rows, { title: { text: "capacity per row" } });
draw("heap", predicted("heap"), rows, { title: { text: "heap per row" } });

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  const { axis, ink } = colors();
  for (const plot of plots) {
    Plotly.relayout(plot, {
      "font.color": ink, modebar: toolbar(),
      "xaxis.gridcolor": axis.gridcolor, "yaxis.gridcolor": axis.gridcolor,
      "xaxis.zerolinecolor": axis.gridcolor, "yaxis.zerolinecolor": axis.gridcolor,
    });
  }
});
