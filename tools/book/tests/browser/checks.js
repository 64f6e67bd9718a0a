// Lists the accessibility faults of a page, for users of screen readers and users with low vision.
// Checks contrast and sizes in the current state of the page. The names of controls, as assistive
// technology gets them, are checked elsewhere.
(options) => {
  'use strict';
  const faults = new Set();
  const MOST = 12;
  const path = (element) => {
    const name = element.id ? `#${element.id}` : element.classList.length ? `.${[...element.classList].join('.')}` : '';
    const parent = element.parentElement && !element.id ? element.parentElement.closest('[id]') : null;
    return `${parent ? `#${parent.id} ` : ''}${element.localName}${name}`;
  };
  const fault = (what, element, text = '') => faults.add(`${what}: ${element ? path(element) : ''} ${text}`.trim());
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const isShown = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false })) return false;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) return false;
    // Text for screen readers only is clipped.
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clip === 'rect(0px, 0px, 0px, 0px)' || /inset\(50%|inset\(100%/.test(style.clipPath)) return false;
      if (style.overflow !== 'visible' && at.getBoundingClientRect().width <= 1) return false;
    }
    return true;
  };

  // CSS computes colours as `rgb(…)`, `rgba(…)` or `color(srgb …)`; a canvas reads all others.
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const colour = (text) => {
    if (known.has(text)) return known.get(text);
    const parts = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
    let made;
    if (parts) {
      made = [parts[1], parts[2], parts[3], parts[4] ?? 1].map(Number);
    } else {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      made = [red, green, blue, alpha / 255];
    }
    known.set(text, made);
    return made;
  };
  const over = ([r, g, b, a], [r2, g2, b2]) => [r * a + r2 * (1 - a), g * a + g2 * (1 - a), b * a + b2 * (1 - a), 1];
  const luminance = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  const backgrounds = new Map();
  // The background colour of an HTML element, including its own.
  const background = (element) => {
    if (!element) return colour(getComputedStyle(document.documentElement).colorScheme === 'dark' ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)');
    if (backgrounds.has(element)) return backgrounds.get(element);
    const own = colour(getComputedStyle(element).backgroundColor);
    const found = own[3] === 1 ? own : over(own, background(element.parentElement));
    backgrounds.set(element, found);
    return found;
  };
  const opacity = (element) => {
    let product = 1;
    for (let at = element; at; at = at.parentElement) product *= Number(getComputedStyle(at).opacity);
    return product;
  };
  // In a picture: the last shape that is drawn before the text and contains its centre.
  const behindText = (text) => {
    const picture = text.ownerSVGElement;
    let found = background(picture);
    const box = text.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    for (const shape of all('rect, circle, ellipse', picture)) {
      if (shape.closest('defs, marker, pattern, clipPath') || !(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const area = shape.getBoundingClientRect();
      if (x < area.left || x > area.right || y < area.top || y > area.bottom) continue;
      const style = getComputedStyle(shape);
      if (style.fill === 'none' || style.fill.startsWith('url')) continue;
      const [r, g, b, a] = colour(style.fill);
      found = over([r, g, b, a * Number(style.fillOpacity) * opacity(shape)], found);
    }
    return found;
  };

  function checkContrast() {
    const seen = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const elements = new Set();
    while (walker.nextNode()) if (walker.currentNode.data.trim()) elements.add(walker.currentNode.parentElement);
    for (const element of all('input:not([type=range], [type=checkbox], [type=radio]), textarea, select')) elements.add(element);
    for (const element of elements) {
      if (/^(script|style|noscript|template|option|optgroup|title|desc)$/.test(element.localName) || !isShown(element)) continue;
      if (element.closest('[disabled], [aria-disabled=true], [inert], [aria-hidden=true]')) continue;
      // The label of a disabled input.
      if (element.closest('label')?.control?.disabled) continue;
      const style = getComputedStyle(element);
      const isDrawn = element.namespaceURI === 'http://www.w3.org/2000/svg';
      const behind = isDrawn && element.ownerSVGElement ? behindText(element) : background(element);
      const ink = colour(isDrawn ? style.fill : style.color);
      const front = over([...ink.slice(0, 3), ink[3] * opacity(element)], behind);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const found = contrast(front, behind);
      if (found + 0.005 >= (isLarge ? 3 : 4.5)) continue;
      const key = `${found.toFixed(2)} ${style.color} ${behind}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const shown = [front, behind].map((rgb) => rgb.slice(0, 3).map(Math.round).join());
      fault(`contrast ${found.toFixed(2)} of ${shown[0]} on ${shown[1]}`, element, JSON.stringify(element.textContent.trim().slice(0, 30)));
    }
  }

  function checkHeadings() {
    const headings = all('h1, h2, h3, h4, h5, h6, [role=heading]').filter(isShownOrSpoken);
    const level = (heading) => Number(heading.getAttribute('aria-level') ?? heading.localName[1]);
    const first = headings.filter((heading) => level(heading) === 1);
    if (first.length !== 1) fault(`${first.length} first headings`, first[1]);
    let last = 0;
    for (const heading of headings) {
      if (level(heading) > last + 1) fault(`a heading of level ${level(heading)} after one of level ${last}`, heading, heading.textContent.trim().slice(0, 40));
      if (!heading.textContent.trim()) fault('an empty heading', heading);
      last = level(heading);
    }
  }
  const isShownOrSpoken = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden=true]');

  function checkNames() {
    for (const image of all('img')) if (!image.hasAttribute('alt')) fault('an image without a text', image);
    for (const picture of all('svg').filter(isShownOrSpoken)) {
      if (picture.parentElement.closest('svg, button, a, summary, label')) continue;
      const named = picture.getAttribute('aria-label') || picture.getAttribute('aria-labelledby') || picture.querySelector(':scope > title');
      if (!named && !picture.closest('[role=img]')) fault('a picture without a name', picture);
    }
    for (const frame of all('iframe')) if (!frame.title) fault('a frame without a title', frame);
    for (const table of all('table')) if (!table.querySelector('th')) fault('a table without headings', table);
    if (!document.title.trim()) fault('the page has no title');
    if (!document.documentElement.lang) fault('the page has no language');
    if (!document.querySelector('main, [role=main]')) fault('the page has no main part');
    const ids = new Set();
    for (const element of all('[id]')) {
      if (ids.has(element.id)) fault('an id that is there twice', element, element.id);
      ids.add(element.id);
    }
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-errormessage', 'for']) {
      for (const element of all(`[${name}]`)) {
        for (const id of element.getAttribute(name).split(/\s+/)) if (id && !document.getElementById(id)) fault(`${name} leads nowhere`, element, id);
      }
    }
    for (const element of all('[tabindex]')) if (element.tabIndex > 0) fault('an order of its own', element);
    for (const element of all('[aria-hidden=true] :is(a[href], button, input, select, textarea)')) {
      if (element.tabIndex >= 0 && isShown(element)) fault('a control that is hidden from screen readers', element);
    }
    for (const element of all('a:not([href]):not([id]):not([name])')) if (isShown(element)) fault('a link to nowhere', element, element.textContent.slice(0, 30));
  }

  // Only parts that scroll may be wider than the window.
  function checkWidth() {
    const wide = document.scrollingElement.scrollWidth;
    const width = document.documentElement.clientWidth;
    if (wide > width) fault(`the page is ${wide - width} pixels wider than the window`);
    const scrolls = (element) => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== 'visible') return true;
      }
      return false;
    };
    for (const element of all('body *')) {
      if (element.ownerSVGElement || !isShown(element)) continue;
      const box = element.getBoundingClientRect();
      if (box.right <= width + 1 || box.left >= width || scrolls(element)) continue;
      if (getComputedStyle(element).position === 'fixed') continue;
      fault(`${Math.round(box.right - width)} pixels outside of the window`, element);
    }
  }

  // A scrolling box must be reachable by keyboard. Chromium makes boxes without controls reachable;
  // other browsers do not.
  function checkTargets() {
    for (const element of all('button, select, input, summary').filter(isShown)) {
      const box = element.getBoundingClientRect();
      const label = element.labels?.[0]?.getBoundingClientRect();
      const height = Math.max(box.height, label?.height ?? 0);
      const width = Math.max(box.width, label?.width ?? 0);
      if ((height < 23.5 || width < 23.5) && !element.closest('p, li, td')) fault(`a target of ${Math.round(width)} by ${Math.round(height)} pixels`, element);
    }
  }

  checkContrast();
  checkWidth();
  checkTargets();
  if (options.structure) {
    checkHeadings();
    checkNames();
  }
  const list = [...faults];
  return list.length > MOST ? [...list.slice(0, MOST), `and ${list.length - MOST} more`] : list;
}
