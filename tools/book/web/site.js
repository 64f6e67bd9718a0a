// The explorer in place of a figure, and boxes that scroll for those who have no mouse.
"use strict";

(() => {
  const frame_of = figure => figure.querySelector("iframe.explorer");

  function toggle(button) {
    const figure = button.closest("figure");
    const drawing = figure.querySelector("svg");
    let frame = frame_of(figure);
    if (frame) {
      frame.remove();
      drawing.classList.remove("replaced");
      button.textContent = "Try it";
      return;
    }
    frame = document.createElement("iframe");
    frame.className = "explorer";
    frame.title = `The explorer: ${figure.querySelector("figcaption b").textContent}`;
    // As high as the drawing, until the explorer reports its height.
    frame.style.height = `${drawing.getBoundingClientRect().height}px`;
    frame.src = `explorer.html#${button.dataset.explorer}`;
    drawing.classList.add("replaced");
    drawing.before(frame);
    button.textContent = "Back to the figure";
  }

  // The page for print has figures only, and shows the answers to the exercises.
  if (location.pathname.endsWith("/print.html")) {
    for (const details of document.querySelectorAll("details")) details.open = true;
  } else {
    for (const button of document.querySelectorAll("button.try")) {
      button.hidden = false;
      button.addEventListener("click", () => toggle(button));
    }
  }

  addEventListener("message", event => {
    const height = event.data && event.data["explorer-height"];
    if (typeof height !== "number" || !(height > 0 && height < 10000)) return;
    for (const frame of document.querySelectorAll("iframe.explorer")) {
      if (frame.contentWindow === event.source) frame.style.height = `${Math.ceil(height)}px`;
    }
    tellTheme();
  });

  // Pages from a folder do not see what other pages store: this page sends its theme to its explorer.
  function tellTheme() {
    const isDark = ["coal", "navy", "ayu"].some(theme => document.documentElement.classList.contains(theme));
    for (const frame of document.querySelectorAll("iframe.explorer")) {
      frame.contentWindow.postMessage({ "book-theme": isDark ? "dark" : "light" }, "*");
    }
  }
  new MutationObserver(tellTheme).observe(document.documentElement, { attributeFilter: ["class"] });

  // A pixel is for rounding.
  const showMore = box =>
    box.classList.toggle("more", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  const boxes = document.querySelectorAll(".table-wrapper, pre > code, blockquote");
  const measure = () => {
    for (const box of boxes) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      showMore(box);
    }
  };
  for (const box of boxes) box.addEventListener("scroll", () => showMore(box), { passive: true });
  addEventListener("resize", measure);
  measure();
})();
