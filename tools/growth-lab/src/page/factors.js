// Draws the picture of all factors from DATA.
const COLORS = ["#0072b2", "#56b4e9", "#009e73", "#d55e00", "#e69f00"];
const variable = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function layout() {
  const axis = { gridcolor: variable("--line"), zerolinecolor: variable("--line"), automargin: true };
  return {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: { color: variable("--ink") },
    margin: { l: 56, r: 12, t: 34, b: 52 },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: variable("--pale"), activecolor: variable("--ink") },
    legend: { orientation: "h", y: -0.3, yanchor: "top" },
    xaxis: { ...axis, type: "log", title: { text: "growth factor" }, tickvals: [1.1, 1.25, 1.5, 1.618, 2, 3, 4, 8, 16] },
    yaxis: { ...axis, title: { text: "per row" }, rangemode: "tozero", range: [0, 8] },
  };
}

const traces = DATA.series.map((series, index) => ({
  type: "scatter", mode: "lines", name: series.name, x: DATA.factors, y: series.values,
  line: { color: COLORS[index], dash: series.dash, width: 2 },
  hovertemplate: "factor %{x:.3f}: %{y:.3f}<extra>" + series.name + "</extra>",
}));
const place = document.getElementById("factors");
Plotly.newPlot(place, traces, layout(), { responsive: true, displaylogo: false });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => Plotly.relayout(place, layout()));
