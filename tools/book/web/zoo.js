// Search, filters and sorting for the table of the zoo. The state is in the address: #q=python&known=read&sort=-copies
(() => {
  "use strict";
  const table = document.querySelector("table.zoo");
  const form = document.querySelector("form.zoo-controls");
  if (!table || !form) return;

  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const rules = [...body.rows].map((row, order) => ({ row, order, text: plain(row.textContent) }));
  const { q, known, amortized, count } = form.elements;
  // The column that the rows are sorted by, or none, and the direction.
  let sorted = { column: -1, falling: false };

  function plain(text) {
    return text.replaceAll("\u00ad", "").replace(/\s+/g, " ").trim().toLowerCase();
  }

  // Words; a list of numbers with commas is one word.
  function words(text) {
    return plain(text).split(/(?<!,) /).filter((word) => word !== "");
  }

  function filter() {
    const wanted = words(q.value);
    let shown = 0;
    for (const { row, text } of rules) {
      const fits = wanted.every((word) => text.includes(word))
        && (known.value === "" || row.dataset.known === known.value)
        && (!amortized.checked || row.dataset.amortized === "no");
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    count.value = shown === rules.length ? `All ${shown} rules` : `${shown} of ${rules.length} rules`;
  }

  // The number of a cell, or its text; null if the rule has none.
  function key(row, column, numbers) {
    const cell = row.cells[column];
    if (!numbers) return plain(cell.textContent);
    return cell.dataset.value === undefined ? null : Number(cell.dataset.value);
  }

  function compare(one, other) {
    if (typeof one === "string") return one.localeCompare(other, "en", { numeric: true });
    return one - other;
  }

  function sort() {
    const { column, falling } = sorted;
    headings.forEach((heading, index) => {
      if (index !== column) heading.removeAttribute("aria-sort");
      else heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
    });
    const numbers = rules.some(({ row }) => column >= 0 && row.cells[column].dataset.value !== undefined);
    const keyed = rules.map((rule) => ({ ...rule, key: column < 0 ? rule.order : key(rule.row, column, numbers) }));
    keyed.sort((one, other) => {
      // Rules without a number are last in both directions.
      if (one.key === null || other.key === null) {
        return Number(one.key === null) - Number(other.key === null) || one.order - other.order;
      }
      return (falling ? compare(other.key, one.key) : compare(one.key, other.key)) || one.order - other.order;
    });
    body.append(...keyed.map(({ row }) => row));
  }

  function write() {
    const state = new URLSearchParams();
    if (q.value.trim() !== "") state.set("q", q.value.trim());
    if (known.value !== "") state.set("known", known.value);
    if (amortized.checked) state.set("amortized", "no");
    if (sorted.column >= 0) state.set("sort", (sorted.falling ? "-" : "") + headings[sorted.column].dataset.key);
    const fragment = state.toString();
    history.replaceState(history.state, "", fragment === "" ? location.pathname + location.search : `#${fragment}`);
  }

  // An invalid value is replaced by its default; so are all values if the address is that of a place in the page.
  function read() {
    const fragment = location.hash.slice(1);
    const state = new URLSearchParams(fragment.includes("=") ? fragment : "");
    q.value = state.get("q") ?? "";
    const way = state.get("known") ?? "";
    known.value = [...known.options].some((option) => option.value === way) ? way : "";
    amortized.checked = state.get("amortized") === "no";
    const by = state.get("sort") ?? "";
    const falling = by.startsWith("-");
    sorted = { column: headings.findIndex((heading) => heading.dataset.key === by.slice(falling ? 1 : 0)), falling };
    sort();
    filter();
  }

  // First rising, then falling, then in the order of the zoo.
  function sortBy(column) {
    if (sorted.column !== column) sorted = { column, falling: false };
    else sorted = sorted.falling ? { column: -1, falling: false } : { column, falling: true };
    sort();
    write();
  }

  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(column));
    heading.append(button);
  });

  form.addEventListener("input", () => {
    filter();
    write();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    history.replaceState(history.state, "", location.pathname + location.search);
    read();
  });
  // The book turns pages by arrow keys, and opens its search by a letter.
  form.addEventListener("keydown", (event) => event.stopPropagation());
  // A link within the page leaves the rules as they are, unless the one that it leads to is hidden.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || target.hidden) read();
    target?.scrollIntoView();
  });

  read();
  form.hidden = false;
  // The rows may have moved since the browser went to the rule of the address.
  if (location.hash.startsWith("#zoo-")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
})();
