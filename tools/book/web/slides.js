// A deck of slides: one at a time, by keys, buttons, swipes and the address. Without it the page scrolls.
"use strict";

(() => {
  const root = document.documentElement;
  const THEME = "mdbook-theme"; // The pages of the book store their theme here.

  const LETTERS = "slide-letters";

  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // No storage for files in this browser.
    }
  }

  function store(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Lasts until the page is left.
    }
  }

  function isDark() {
    const theme = stored(THEME);
    if (["coal", "navy", "ayu"].includes(theme)) return true;
    if (["light", "rust"].includes(theme)) return false;
    return matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function showTheme(dark) {
    root.dataset.theme = dark ? "dark" : "light";
    const button = document.querySelector("[data-key=t]"); // Before the page is read there is none.
    if (button) button.textContent = dark ? "Light" : "Dark";
    // Pages from a folder do not see what other pages store.
    for (const frame of document.querySelectorAll("[data-src] iframe")) {
      frame.contentWindow.postMessage({ "book-theme": root.dataset.theme }, "*");
    }
  }

  showTheme(isDark());
  addEventListener("storage", () => showTheme(isDark()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => showTheme(isDark()));

  addEventListener("DOMContentLoaded", () => {
    const slides = [...document.querySelectorAll(".slide")];
    if (slides.length > 0) startDeck(slides);
  });

  function startDeck(slides) {
    const find = (id) => document.getElementById(id);
    const [overview, help, letters] = [find("overview"), find("help"), find("letters")];
    let current = 0;

    root.classList.add("deck");
    find("bar").hidden = false;

    function show(index) {
      current = Math.min(Math.max(index, 0), slides.length - 1);
      const slide = slides[current];
      if (document.activeElement?.closest(".slide")) document.activeElement.blur();
      slides.forEach((other) => other.classList.toggle("shown", other === slide));
      const title = slide.querySelector("h1, h2").textContent;
      find("position").textContent = `${current + 1} / ${slides.length}`;
      find("progress").value = current + 1;
      find("said").textContent = `Slide ${current + 1} of ${slides.length}: ${title}`;
      for (const link of overview.querySelectorAll("a")) {
        const isCurrent = link.hash === `#${current + 1}`;
        isCurrent ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
      }
      if (location.hash !== `#${current + 1}`) history.replaceState(null, "", `#${current + 1}`);
      scrollTo(0, 0);
      runExplorer(slide.querySelector("[data-src]"));
    }

    function showAddress() {
      show((Number.parseInt(location.hash.slice(1), 10) || 1) - 1);
    }

    function toggle(dialog) {
      dialog.open ? dialog.close() : dialog.showModal();
    }

    function toggleFullScreen() {
      if (document.fullscreenElement) document.exitFullscreen();
      else root.requestFullscreen?.().catch(() => {}); // Not allowed here: nothing changes.
    }

    function toggleNotes() {
      const shown = root.classList.toggle("with-notes");
      for (const notes of document.querySelectorAll("details.notes")) notes.open = shown;
      document.querySelector("[data-key=n]").setAttribute("aria-pressed", shown);
      fitAll();
    }

    function toggleTheme() {
      const dark = root.dataset.theme !== "dark";
      store(THEME, dark ? "navy" : "light");
      showTheme(dark);
    }

    const isWide = () => matchMedia("(min-width: 701px)").matches;
    const next = () => show(current + 1);
    const previous = () => show(current - 1);
    const keys = {
      ArrowRight: next,
      PageDown: next,
      " ": next,
      ArrowLeft: previous,
      PageUp: previous,
      "Shift ": previous,
      Home: () => show(0),
      End: () => show(slides.length - 1),
      f: toggleFullScreen,
      n: toggleNotes,
      o: () => toggle(overview),
      t: toggleTheme,
      "?": () => toggle(help),
    };

    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const inDialog = overview.open || help.open;
      if (inDialog && key !== "o" && key !== "?") return;
      // People who speak to their computer turn them off.
      if (key.length === 1 && key !== " " && !letters.checked) return;
      // Space presses a button, opens a summary, and scrolls a slide that is higher than the screen.
      if (key === " " && (event.target.closest("button, summary, a") || !isWide())) return;
      const action = keys[event.shiftKey && key === " " ? "Shift " : key];
      if (!action) return;
      event.preventDefault();
      action();
    });

    for (const button of document.querySelectorAll("[data-key]")) {
      button.addEventListener("click", () => keys[button.dataset.key]());
    }
    letters.checked = stored(LETTERS) !== "off";
    letters.addEventListener("change", () => store(LETTERS, letters.checked ? "on" : "off"));
    overview.addEventListener("click", (event) => {
      if (event.target.closest("a")) overview.close();
    });
    addEventListener("hashchange", showAddress);
    document.addEventListener("fullscreenchange", () => {
      root.classList.toggle("full", document.fullscreenElement !== null);
    });

    let touch = null;
    addEventListener("touchstart", (event) => {
      // A swipe on a box that is wider than its place scrolls the box.
      const box = event.target.closest?.(".text, .still");
      const scrolls = box && box.scrollWidth > box.clientWidth;
      touch = event.touches.length === 1 && !scrolls ? event.touches[0] : null;
    }, { passive: true });
    addEventListener("touchend", (event) => {
      const end = event.changedTouches[0];
      if (!touch || overview.open || help.open) return;
      const [right, down] = [end.clientX - touch.clientX, end.clientY - touch.clientY];
      touch = null;
      if (Math.abs(right) < 60 || Math.abs(right) < 2 * Math.abs(down)) return;
      right < 0 ? next() : previous();
    }, { passive: true });

    // The explorer: loaded when its slide is shown, visible when it has reported its height and fits.

    const [LEAST_SCALE, CLOSE, PAUSE] = [0.55, 0.03, 120];

    function runExplorer(live) {
      if (!live) return;
      if (!live.querySelector("iframe")) {
        const frame = document.createElement("iframe");
        frame.title = live.dataset.title;
        frame.src = live.dataset.src;
        live.prepend(frame);
      }
      fit(live);
    }

    // As large as possible: with a smaller scale the explorer is wider, and puts pictures beside each other.
    function fit(live) {
      clearTimeout(live.timer);
      live.scale = { low: LEAST_SCALE, high: 1, now: 1 };
      place(live);
      if (live.height) live.timer = setTimeout(() => narrow(live), PAUSE);
    }

    function narrow(live) {
      const scale = live.scale;
      // An answer takes a line or two.
      const fits = overflow(live) <= (live.dataset.src.includes("quiz=") ? 0.92 : 1);
      fits ? (scale.low = scale.now) : (scale.high = scale.now);
      const isFound = !isWide() || scale.high - scale.low < CLOSE;
      scale.now = isFound ? scale.low : (scale.low + scale.high) / 2;
      place(live);
      if (isFound) live.classList.add("running");
      live.timer = isFound ? null : setTimeout(() => narrow(live), PAUSE);
    }

    // The height of the explorer as a share of its place.
    function overflow(live) {
      return (live.height * unit(live) * live.scale.now) / live.clientHeight;
    }

    function unit(live) {
      return live.closest(".slide").clientWidth / 1280;
    }

    function place(live) {
      const frame = live.querySelector("iframe");
      if (!frame || live.offsetParent === null) return;
      live.style.setProperty("--height", `${live.height}px`);
      if (!isWide()) {
        frame.removeAttribute("style");
        return;
      }
      const scale = unit(live) * live.scale.now;
      frame.style.width = `${live.clientWidth / scale}px`;
      frame.style.height = `${live.clientHeight / scale}px`;
      frame.style.transform = `scale(${scale})`;
    }

    function fitAll() {
      for (const live of document.querySelectorAll("[data-src]")) fit(live);
    }

    addEventListener("resize", fitAll);
    addEventListener("message", (event) => {
      const height = Number(event.data?.["explorer-height"]);
      if (!(height > 0 && height < 10000)) return;
      for (const live of document.querySelectorAll("[data-src]")) {
        if (live.querySelector("iframe")?.contentWindow !== event.source) continue;
        event.source.postMessage({ "book-theme": root.dataset.theme }, "*");
        const isFirst = !live.height;
        live.height = height;
        // The frame scrolls for one more sentence: the pictures should not jump.
        if (isFirst || (!live.timer && isWide() && overflow(live) > 1.2)) fit(live);
        else place(live);
      }
    });

    showTheme(root.dataset.theme === "dark");
    showAddress();
  }
})();
