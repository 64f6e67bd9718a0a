// The page of the explorer: calls the class `Page` of the WebAssembly module, shows its strings, and animates copies.
// The module computes the model, its numbers and its pictures; nothing is simulated here.
'use strict';

(() => {
  // The pictures. The module adds `title`, and `both` to those that draw two arrays on one pair of axes.
  const PICTURES = {
    boxes: { wide: true, note: 'Each box is a slot of the block, or several in a large block. When the array grows or shrinks, the rows of the old block are copied into the new block one by one.' },
    costs: { note: 'Each bar is one operation: rows written or removed, and rows copied. The line is the price of each operation. All pushes have the same price.' },
    bank: { note: 'The prices of all operations minus their costs. If the balance becomes negative, the prices are not sufficient.' },
    potential: { note: 'The credit that must be saved for the next growth or shrinking, at this number of rows and this capacity. The amortized cost is the cost plus the change of the potential.' },
    staircase: { note: 'Rows and capacity over the operations. If there were very many resizes, the oldest are left out.' },
    copies: { note: 'Rows copied so far, divided by the rows pushed, if rows are pushed one by one. The axis of rows is logarithmic.' },
    slots: { note: 'Capacity divided by rows: the memory that the array takes for each row. The axis of rows is logarithmic.' },
    heap: { note: 'The present block, the block before it, and the holes that earlier blocks left. A new block takes the first hole that is large enough, or else extends the heap.' },
    plane: { note: 'The most copies per push against the most slots per row, for policies of the zoo and for structures of many blocks. No array in one block is below the hyperbola.' },
  };
  const NAMES = Object.keys(PICTURES);
  const LAST_TAUGHT = 'exact'; // of the presets: those after it are the zoo
  const LETTERS = ['A', 'B'];
  const BOTH = 2;
  const EXAMPLE = 'do=8xpush'; // without a fragment: the next push grows
  const COMPLETE = 'The address of this page has the whole state.';
  const TOO_LONG = 'The address of this page has an earlier state: the link to this one would be too long. Download the trace instead.';
  const LINK_DELAY = 400; // milliseconds: browsers refuse an address that changes too often
  const COPY_TIME = 120; // milliseconds per row, at most LONGEST in total
  const LONGEST = 1000;
  const FRAMES_OF_MANY = 25; // steps of an animation of more than MANY rows
  const MANY = 2000;

  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const stored = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* private window */ } },
  };
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const darkSystem = matchMedia('(prefers-color-scheme: dark)');

  let page; // the Page of the module
  let lastGood = ''; // a fragment that opens
  let shown = [...NAMES];
  const cards = new Map();
  const policies = [];

  // Elements

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const option = (value, text = value) => element('option', { value, textContent: text });
  const rows = (text) => text.split('\n').filter(Boolean).map((line) => line.split('\t'));
  const setText = (target, text) => { if (target.textContent !== text) target.textContent = text; };

  // Faults: the message is next to the input, and the module keeps the last good state.

  const message = (fault) => (typeof fault === 'string' ? fault : fault?.message ?? String(fault));

  function report(place, fault, input) {
    setText(place, fault);
    if (!input) return;
    if (!place.id) place.id = `error-${input.id}`;
    input.setAttribute('aria-invalid', String(fault !== ''));
    if (fault) input.setAttribute('aria-errormessage', place.id);
    else input.removeAttribute('aria-errormessage');
  }

  // Runs `work` and returns whether it succeeded.
  function attempt(place, work, input) {
    try {
      work();
      report(place, '', input);
      return true;
    } catch (fault) {
      if (fault instanceof WebAssembly.RuntimeError) restore();
      report(place, fault instanceof WebAssembly.RuntimeError ? 'The module failed. The page is back in the last state that has a link.' : message(fault), input);
      return false;
    }
  }

  // A trap leaves the object borrowed for ever: start with a new object.
  function restore() {
    page = new wasm_bindgen.Page();
    try { page.open(lastGood); } catch { page = new wasm_bindgen.Page(); }
  }

  // The address

  const OWN_KEYS = ['show', 'embed', 'quiz'];
  const quizKind = () => document.querySelector('input[name=kind]:checked').value;

  // The state of the module and of the page; throws if it is too long.
  function fragment(embed = root.classList.contains('embed')) {
    const parts = page.link().split('&').filter((part) => part && !OWN_KEYS.includes(part.split('=')[0]));
    if (embed) parts.unshift('embed');
    if (shown.join() !== NAMES.join()) parts.push(`show=${shown.join() || 'none'}`);
    if ($('quiz').open) parts.push(`quiz=${quizKind()}`);
    return parts.join('&');
  }

  let linkTimer = 0;
  function keepAddress() {
    clearTimeout(linkTimer);
    linkTimer = setTimeout(() => {
      report($('failure'), ''); // of a link that is replaced now
      try {
        lastGood = fragment();
        $('whole').href = `explorer.html#${fragment(false)}`;
        setText($('address-note'), COMPLETE);
      } catch {
        setText($('address-note'), TOO_LONG);
        return;
      }
      try { history.replaceState(null, '', `#${lastGood}`); } catch { /* too often: the next change is soon enough */ }
    }, LINK_DELAY);
  }

  const address = (hash) => `${location.href.split('#')[0]}#${hash}`;

  function openFragment() {
    const text = location.href.includes('#') ? location.hash.slice(1) : EXAMPLE;
    clearTimeout(linkTimer); // of the state before it
    stop();
    playing.rest = '';
    try {
      page.open(text);
      lastGood = text;
      root.classList.toggle('embed', page.embedded());
      report($('failure'), '');
      // Of the state before it.
      for (const [place, input] of [['work-error'], ['take-error'], ['workload-error', 'workload-rows'], ['trace-error', 'trace']]) {
        report($(place), '', input && $(input));
      }
      $('guess').value = '';
    } catch (fault) {
      if (fault instanceof WebAssembly.RuntimeError) restore();
      report($('failure'), `The link could not be read: ${message(fault)}`);
      if (root.dataset.state === 'ready') return; // with the state before it
    }
    shown = page.show().split(',').filter(Boolean);
    const kind = document.querySelector(`input[name=kind][value="${page.quiz() || 'none'}"]`);
    if (kind) kind.checked = true;
    $('quiz').open = Boolean(kind);
    orderCards();
    policiesChanged();
    clearTimeout(linkTimer); // a link that could not be read stays, to be corrected
    try { $('whole').href = `explorer.html#${fragment(false)}`; } catch { /* too long */ }
  }

  // Policies

  const LIMITS = { numerator: 'p', denominator: 'q' };

  function makePolicy(which) {
    const letter = LETTERS[which].toLowerCase();
    const holder = $(`policy-${letter}`);
    holder.append($('policy').content.cloneNode(true));
    const parts = {};
    for (const part of holder.querySelectorAll('[data-id]')) {
      parts[part.dataset.id] = part;
      part.id = `${part.dataset.id}-${letter}`;
    }
    const title = holder.querySelector('h3');
    title.textContent = `Policy ${LETTERS[which]}`;
    title.className = `mark-${letter}`;
    title.id = `policy-title-${letter}`;
    holder.firstElementChild.setAttribute('aria-labelledby', title.id);
    const policy = { which, holder, parts, body: holder.querySelector('.policy-body'), draft: {} };
    policies.push(policy);
    if (which === 0) holder.querySelector('.compare').remove();
    else parts.compare.addEventListener('change', () => compare(policy, parts.compare.checked));
    fillPresets(parts.preset);
    parts.preset.addEventListener('change', () => choose(policy, parts.preset));
    parts.text.addEventListener('change', () => choose(policy, parts.text));
    parts.sliders.addEventListener('input', (event) => slide(policy, event.target));
  }

  function fillPresets(select) {
    const presets = rows(page.presets());
    const taught = presets.findIndex(([text]) => text === LAST_TAUGHT) + 1;
    const group = (label, of) => element('optgroup', { label }, ...of.map(([text, title]) => option(text, title)));
    select.append(
      element('option', { value: '', textContent: 'your own', hidden: true }),
      group('Simple policies', presets.slice(0, taught)),
      group('The zoo', presets.slice(taught)),
    );
  }

  function compare(policy, on) {
    const other = page.policy(0) === '2' ? '3/2' : '2';
    attempt(policy.parts['text-error'], () => page.set_policy(1, on ? other : ''));
    policiesChanged();
  }

  // A text that is refused stays, to be corrected. The list shows the policy of the array again.
  function choose(policy, input) {
    const { parts, which } = policy;
    if (attempt(parts['text-error'], () => page.set_policy(which, input.value), input)) {
      policiesChanged();
      if (policy.body.hidden) parts.compare.focus(); // an empty text removes the second policy
    } else if (input === parts.preset) showPreset(policy);
  }

  function showPreset({ parts, which }) {
    parts.preset.value = page.policy(which);
    if (parts.preset.selectedIndex < 0) parts.preset.value = '';
  }

  // Makes a policy of the sliders, at most once per frame. Only p and q replace a policy that is no factor.
  function slide(policy, moved) {
    const { parts, draft } = policy;
    if (moved.dataset.id === 'shrink' && moved.checked && !draft.shrink_at) {
      draft.shrink_at = parts['shrink-at'].value = `${BigInt(draft.denominator) ** 2n}/${BigInt(draft.numerator) ** 2n}`;
      draft.shrink_to = parts['shrink-to'].value = `${draft.numerator}/${draft.denominator}`;
    }
    const key = moved.dataset.id.replace('-', '_');
    if (key in draft) draft[key] = moved.value.trim();
    if (key === 'first') draft.from = draft.first;
    if (key in LIMITS) draft.core = draft.factor = `${draft.numerator}/${draft.denominator}`;
    showDraft(policy);
    cancelAnimationFrame(policy.frame);
    policy.frame = requestAnimationFrame(() => {
      const shrinks = parts.shrink.checked;
      const work = () => page.set_policy(policy.which, page.compose(
        draft.core, draft.from, draft.at_most, shrinks ? draft.shrink_at : '', shrinks ? draft.shrink_to : ''));
      if (!attempt(parts['sliders-error'], work)) return;
      const of = page.parts(policy.which);
      draft.first = of.first; // a rule may round it
      of.free?.();
      policiesChanged(policy);
      showDraft(policy);
    });
  }

  function showDraft({ parts, draft }) {
    setText(parts.factor, draft.factor);
    setText(parts['first-value'], draft.first);
    parts.first.setAttribute('aria-valuetext', draft.first);
    for (const [id, letter] of Object.entries(LIMITS)) parts[id].setAttribute('aria-valuetext', `${letter} = ${draft[id]}`);
    parts['shrink-at'].disabled = parts['shrink-to'].disabled = !parts.shrink.checked;
  }

  // Reads the policy of the module. Sliders that are being moved stay where they are.
  function showPolicy(policy, moving) {
    const { which, parts, body } = policy;
    const there = which < page.arrays();
    if (parts.compare) parts.compare.checked = there;
    body.hidden = !there;
    if (!there) return;
    const of = page.parts(which);
    const text = page.policy(which);
    parts.text.value = text;
    showPreset(policy);
    setText(parts.rule, `${of.title}. Next capacity: ${of.rule}.`);
    setText(parts.note, of.note);
    for (const input of [parts.text, parts.preset]) report(parts['text-error'], '', input);
    report(parts['sliders-error'], '');
    if (!moving) {
      const draft = {
        core: of.core, numerator: of.numerator || '2', denominator: of.denominator || '1', first: of.first, from: of.from,
        factor: of.numerator ? `${of.numerator}/${of.denominator}` : 'none', at_most: of.at_most, shrink_at: of.shrink_at, shrink_to: of.shrink_to,
      };
      policy.draft = draft;
      for (const id of ['numerator', 'denominator', 'first']) parts[id].value = draft[id];
      parts.shrink.checked = of.shrink_at !== '';
      parts['shrink-at'].value = draft.shrink_at;
      parts['shrink-to'].value = draft.shrink_to;
      showDraft(policy);
    }
    of.free?.();
  }

  const mark = (which) => element('b', { className: `mark-${LETTERS[which].toLowerCase()}`, textContent: `${LETTERS[which]} ` });

  function showNames() {
    const names = () => (page.arrays() < 2 ? [`Policy ${page.policy(0)}`] : [mark(0), `${page.policy(0)} · `, mark(1), page.policy(1)]);
    for (const place of document.querySelectorAll('.names')) place.replaceChildren(...names());
  }

  function policiesChanged(moving) {
    for (const policy of policies) showPolicy(policy, policy === moving);
    showNames();
    showSettings();
    changed();
  }

  // The array

  // Updates the page after every change of the state. `alive`: animate the copies of a growth.
  function changed(alive = false) {
    stopCopying();
    showSentences();
    showNumbers();
    $('table').innerHTML = page.table();
    askAgain();
    keepAddress();
    for (const card of cards.values()) card.dirty = true;
    if (alive) startCopying();
    draw();
  }

  function showSentences() {
    const sentences = page.sentences().split('\n').filter(Boolean);
    $('sentence').replaceChildren(...sentences.map((text, which) => element('p', {}, ...(page.arrays() > 1 ? [mark(which)] : []), text)));
  }

  // The labels of all columns. A label that the first column lacks comes after the label before it.
  function merged([first, ...others]) {
    const labels = [...first];
    for (const other of others) {
      other.forEach((label, at) => {
        if (!labels.includes(label)) labels.splice(labels.indexOf(other[at - 1]) + 1, 0, label);
      });
    }
    return labels;
  }

  // Long numbers break between groups of digits only.
  const breakable = (text) => text.split(/(?<=\d,)(?=\d)/).flatMap((part, at) => (at > 0 ? [element('wbr'), part] : [part]));

  function showNumbers() {
    const columns = policies.slice(0, page.arrays()).map(({ which }) => new Map(rows(page.summary(which))));
    const labels = merged(columns.map((column) => [...column.keys()]));
    // Roles in words: rows that flow in columns are no table to the browser.
    const cell = (name, role, properties, ...children) => {
      const made = element(name, properties, ...children);
      made.setAttribute('role', role);
      return made;
    };
    const row = (...cells) => cell('tr', 'row', {}, ...cells);
    const head = row(cell('td', 'cell'), ...columns.map((_, which) => cell('th', 'columnheader', { scope: 'col', textContent: LETTERS[which] })));
    head.className = 'unseen';
    const body = labels.map((label) => row(cell('th', 'rowheader', { scope: 'row', textContent: label }),
      ...columns.map((column) => cell('td', 'cell', {}, ...breakable(column.get(label) ?? '–')))));
    $('numbers').classList.toggle('two', columns.length > 1);
    $('numbers').replaceChildren(...(columns.length > 1 ? [head] : []), ...body);
  }

  // Runs an operation that a person asked for.
  function work(operation, alive = true) {
    const done = attempt($('work-error'), operation);
    changed(done && alive);
    return done;
  }

  const apply = (text) => work(() => page.apply(text));

  function undo() {
    work(() => { if (!page.undo()) throw 'There is nothing to undo.'; }, false);
  }

  // Play

  // `rest` identifies the workload or trace that the module has prepared and not finished.
  const playing = { on: false, frame: 0, last: 0, due: 0, turn: false, rest: '' };

  const SOURCES = {
    workload: () => page.prepare_workload($('workload').value, $('workload-rows').value),
    trace: () => page.prepare($('trace').value),
  };
  const FIELDS = { workload: ['workload', 'workload-rows'], trace: ['trace'] };
  const source = () => ['play-what', ...(FIELDS[$('play-what').value] ?? [])].map((id) => $(id).value).join('\n');

  function play() {
    Object.assign(playing, { on: true, last: performance.now(), due: 1, turn: false });
    showPlaying();
    playing.frame = requestAnimationFrame(tick);
  }

  function stop() {
    playing.on = false;
    cancelAnimationFrame(playing.frame);
    showPlaying();
  }

  function showPlaying() {
    setText($('play'), playing.on ? 'Pause' : 'Play');
    // A sentence for each of ten operations a second is noise.
    $('sentence').setAttribute('aria-live', playing.on ? 'off' : 'polite');
  }

  function tick(now) {
    if (!playing.on) return;
    const rate = Number($('speed').value);
    const slow = rate <= 10;
    // Time that was spent on an animation, or in the background, is not made up for.
    if (!(slow && copying.on)) playing.due += Math.min(now - playing.last, 250) * rate / 1000;
    playing.last = now;
    const times = Math.floor(playing.due);
    if (times > 0) {
      playing.due -= times;
      if (!work(() => playOn(slow ? 1 : times), slow)) stop();
    }
    if (playing.on) playing.frame = requestAnimationFrame(tick);
  }

  function playOn(times) {
    const prepare = SOURCES[$('play-what').value];
    if (!prepare) {
      page.apply(next(times));
      return;
    }
    if (playing.rest !== source()) prepare();
    playing.rest = ''; // also if the operation is not possible: the next time it begins anew
    if (page.play(times)) playing.rest = source();
    else stop();
  }

  // The operations of one tick, as a trace.
  function next(times) {
    const what = $('play-what').value;
    if (what !== 'turns') return `${times} x ${what}`;
    const operations = Array.from({ length: times }, (_, at) => ((at % 2 === 0) === playing.turn ? 'pop' : 'push'));
    if (times % 2 === 1) playing.turn = !playing.turn;
    return operations.join(';');
  }

  // The copies of a growth, row by row

  const copying = { on: false, frame: 0, pending: [] };

  function startCopying() {
    const card = cards.get('boxes');
    const pending = policies.slice(0, page.arrays()).map(({ which }) => Number(page.copies_pending(which)));
    const most = Math.max(...pending);
    if (!(most > 0) || !card?.visible || document.hidden || calm.matches) return;
    const total = Math.min(most * COPY_TIME, LONGEST) / (playing.on ? Math.max(1, Number($('speed').value) / 3) : 1);
    const begin = performance.now();
    const step = (now) => {
      let part = Math.min((now - begin) / total, 1);
      if (most > MANY) part = Math.floor(part * FRAMES_OF_MANY) / FRAMES_OF_MANY;
      if (part >= 1) {
        stopCopying();
        drawCard(card);
        return;
      }
      copying.pending = pending.map((rows) => (rows > 0 ? Math.floor(rows * Math.max(part, 0)) : -1));
      drawCard(card);
      copying.frame = requestAnimationFrame(step);
    };
    Object.assign(copying, { on: true, pending: pending.map((rows) => (rows > 0 ? 0 : -1)), frame: requestAnimationFrame(step) });
  }

  function stopCopying() {
    cancelAnimationFrame(copying.frame);
    Object.assign(copying, { on: false, pending: [] });
  }

  // Pictures

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) cards.get(entry.target.dataset.name).visible = entry.isIntersecting;
    draw();
  }, { rootMargin: '120px' });

  // A drawing changes the height of its place; only another width asks for another drawing.
  const sized = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const card = cards.get(target.parentElement.dataset.name);
      if (card.width !== contentRect.width) Object.assign(card, { width: contentRect.width, dirty: true });
    }
    draw();
  });

  function makeCard(name) {
    const { title, note, wide } = PICTURES[name];
    const node = $('card').content.cloneNode(true).firstElementChild;
    const [head, info, menu, text, drawings, error] = ['h3', '.info', '.menu', '.note', '.drawings', '.error'].map((part) => node.querySelector(part));
    node.dataset.name = name;
    node.id = `card-${name}`;
    node.classList.toggle('wide', Boolean(wide));
    head.textContent = title;
    head.id = `title-${name}`;
    node.setAttribute('aria-labelledby', head.id);
    text.textContent = note;
    text.id = `note-${name}`;
    info.querySelector('.unseen').textContent = `What this shows: ${title}`;
    info.setAttribute('aria-controls', text.id);
    info.addEventListener('click', () => {
      text.hidden = !text.hidden;
      info.setAttribute('aria-expanded', String(!text.hidden));
    });
    menu.querySelector('summary').setAttribute('aria-label', `Save or hide: ${title}`);
    menu.addEventListener('toggle', () => { if (menu.open) fillMenu(name, menu.querySelector('.items'), error); });
    const check = element('input', { type: 'checkbox', id: `show-${name}`, checked: true });
    check.addEventListener('change', () => show(name, check.checked));
    $('shown').append(element('label', {}, check, ` ${title}`));
    cards.set(name, { name, node, drawings, error, check, dirty: true, drawn: false, visible: false });
    seen.observe(node);
    sized.observe(drawings);
  }

  // A picture that is shown again goes to its usual place, or to the end of an order that a link asked for.
  function show(name, on) {
    const usual = shown.join() === NAMES.filter((other) => shown.includes(other)).join();
    shown = shown.filter((other) => other !== name);
    if (on) shown.push(name);
    if (usual) shown = NAMES.filter((other) => shown.includes(other));
    orderCards();
    page.set_show(shown.join() || 'none');
    showSentences(); // they mention the bank only if it is shown
    keepAddress();
  }

  function orderCards() {
    const numbers = document.querySelector('.card.numbers');
    const nodes = shown.map((name) => cards.get(name).node);
    for (const { name, node, check } of cards.values()) {
      check.checked = shown.includes(name);
      if (!check.checked) node.remove();
    }
    // The numbers come after the block, its cost, the bank and the potential, or after the first row of another order.
    const before = shown[0] === 'boxes' ? 4 : 2;
    const wanted = [...nodes.slice(0, before), numbers, ...nodes.slice(before)];
    // A card that is moved loses the focus.
    if (wanted.some((node, at) => $('cards').children[at] !== node)) $('cards').append(...wanted);
  }

  let drawing = 0;
  function draw() {
    if (drawing) return;
    drawing = requestAnimationFrame(() => {
      drawing = 0;
      for (const card of cards.values()) if (card.dirty && (card.visible || !card.drawn) && card.node.isConnected) drawCard(card);
    });
  }

  // The arrays that a picture is drawn for, each on its own or both in one.
  function drawn(name) {
    if (page.arrays() < 2) return [0];
    return PICTURES[name].both ? [BOTH] : [0, 1];
  }

  function drawCard(card) {
    const { name, drawings, error } = card;
    Object.assign(card, { dirty: false, drawn: true });
    const parts = drawn(name);
    attempt(error, () => {
      drawings.classList.toggle('two', parts.length > 1);
      while (drawings.children.length > parts.length) drawings.lastChild.remove();
      while (drawings.children.length < parts.length) drawings.append(element('div', {}, element('h4'), element('div')));
      parts.forEach((which, at) => {
        const [head, place] = drawings.children[at].children;
        head.hidden = parts.length < 2;
        if (parts.length > 1) head.replaceChildren(mark(which), page.policy(which));
        const width = Math.floor(place.clientWidth) || 320;
        // The module escapes every text in its pictures.
        place.innerHTML = page.picture(name, which, width, copying.pending[which] ?? -1);
      });
    });
  }

  // Files

  function save(name, type, content) {
    const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    element('a', { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  function fillMenu(name, items, error) {
    const choices = drawn(name).flatMap((which) => {
      const whose = which === BOTH || page.arrays() < 2 ? '' : `${LETTERS[which]}: `;
      const file = `${name}${whose ? `-${LETTERS[which].toLowerCase()}` : ''}`;
      const make = (label, get) => {
        const button = element('button', { type: 'button', textContent: `${whose}${label}` });
        button.addEventListener('click', () => attempt(error, get));
        return button;
      };
      return [
        make('PNG', () => png(`${file}.png`, picture(name, which), error)),
        make('SVG', () => save(`${file}.svg`, 'image/svg+xml', picture(name, which))),
        make('CSV', () => save(`${file}.csv`, 'text/csv', page.csv(name, which))),
      ];
    });
    const hide = element('button', { type: 'button', textContent: 'Hide' });
    hide.addEventListener('click', () => {
      closeMenus();
      show(name, false);
      // Where it can be shown again.
      const place = $('settings').open ? cards.get(name).check : $('settings').firstElementChild;
      place.focus({ preventScroll: true });
    });
    items.replaceChildren(...choices, hide);
  }

  const FILE_WIDTH = 720;
  const picture = (name, which) => page.export_svg(name, which, FILE_WIDTH, root.dataset.theme === 'dark');

  function png(name, svg, error) {
    const image = new Image();
    image.onload = () => {
      const canvas = element('canvas', { width: 2 * image.width, height: 2 * image.height });
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(name, 'image/png', blob));
    };
    image.onerror = () => report(error, 'The browser could not draw the picture; save it as SVG.');
    // Not an object URL: a canvas that has drawn one cannot be read in a page that was opened from a folder.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  }

  async function take(label, text) {
    const area = $('taken-text');
    setText($('take-status'), ''); // so that the same text is announced again
    $('taken').hidden = false;
    setText($('taken').firstElementChild, label);
    area.value = text;
    area.select();
    try {
      await navigator.clipboard.writeText(text);
      setText($('take-status'), `${label}: copied.`);
    } catch {
      setText($('take-status'), `${label}: selected below. Copy it with Ctrl+C.`);
      area.focus();
    }
  }

  function embedCode() {
    const source = address(fragment(true)).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return `<iframe class="explorer" src="${source}" title="Growth policies at work" width="100%" height="640" style="border:0"></iframe>`;
  }

  // Quiz

  function askAgain() {
    if (!$('quiz').open) return;
    const ok = attempt($('quiz-error'), () => {
      const question = page.ask(quizKind());
      if ($('question').textContent !== question) setText($('explanation'), ''); // of the question before
      setText($('question'), question);
    }, $('guess'));
    if (ok) return;
    setText($('question'), '');
    setText($('explanation'), '');
  }

  function ask() {
    setText($('explanation'), '');
    $('guess').value = '';
    report($('quiz-error'), '', $('guess'));
    askAgain();
  }

  function check() {
    const ok = attempt($('quiz-error'), () => {
      const answer = page.answer(quizKind(), $('guess').value);
      const [judgement, ...reasons] = answer.explanation.split(':');
      $('explanation').className = answer.right ? 'right' : 'wrong';
      $('explanation').replaceChildren(element('b', { textContent: judgement }), `:${reasons.join(':')}`);
      answer.free?.();
    }, $('guess'));
    if (!ok) setText($('explanation'), '');
  }

  // Settings

  const setting = (id, set, get) => {
    const input = $(id);
    const error = input.closest('.field').querySelector('.error');
    input.addEventListener('change', () => {
      if (attempt(error, () => set(input.value), input)) policiesChanged();
    });
    return () => {
      report(error, '', input);
      const value = get();
      input.value = value;
      if (input.value === value) return;
      // A link may have a number that is not in the list.
      input.append(option(value, `${BigInt(value).toLocaleString('en')} rows`));
      input.value = value;
    };
  };
  const settings = [];
  const showSettings = () => settings.forEach((showOne) => showOne());

  function fillAxisEnds() {
    const digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    const raised = (exponent) => [...String(exponent)].map((digit) => digits[digit]).join('');
    for (let exponent = 3; exponent <= 18; exponent += 1) $('axis-end').append(option(`1e${exponent}`, `10${raised(exponent)} rows`));
  }

  // Theme, keys, embedding

  let heard = ''; // the theme of the page around this one
  let chosen; // the theme of the list, if nothing can be stored

  function showTheme() {
    const theme = chosen ?? stored.get('mdbook-theme');
    const dark = heard ? heard === 'dark' : theme ? !['light', 'rust'].includes(theme) : darkSystem.matches;
    root.dataset.theme = dark ? 'dark' : 'light';
    $('theme').value = theme ? (dark ? 'navy' : 'light') : '';
  }

  // The page around this one sends its theme: pages from a folder do not see what other pages store.
  function hearTheme({ source, data }) {
    if (source === parent && parent !== window && ['light', 'dark'].includes(data?.['book-theme'])) heard = root.dataset.theme = data['book-theme'];
  }

  const KEYS = { '+': 'push', '=': 'push', '-': 'pop', '−': 'pop', g: 'next-growth', u: 'undo', k: 'play' };
  const SHORTCUTS = { push: '+', pop: '-', 'next-growth': 'g', undo: 'u', play: 'k' };

  // Screen readers announce the keys that work.
  function showShortcuts() {
    for (const [id, key] of Object.entries(SHORTCUTS)) {
      if ($('shortcuts').checked) $(id).setAttribute('aria-keyshortcuts', key);
      else $(id).removeAttribute('aria-keyshortcuts');
    }
  }

  function onKey(event) {
    if (event.key === 'Escape') return closeMenus();
    const typing = event.target.closest?.('input:not([type=checkbox], [type=radio]), select, textarea');
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !$('shortcuts').checked) return;
    const id = KEYS[event.key];
    if (!id || $(id).offsetParent === null) return; // some buttons are hidden in an embedded page
    event.preventDefault();
    $(id).click();
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll('.menu[open]')) {
      if (menu === except) continue;
      if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
      menu.open = false;
    }
  }

  // The bar of the array stays in sight unless it would fill a small screen.
  function fitBar() {
    const height = $('work').offsetHeight;
    root.classList.toggle('tall', height > 0.42 * innerHeight);
    root.style.setProperty('--bar', `${height}px`);
  }

  function tellHeight() {
    if (parent === window || !root.classList.contains('embed')) return;
    parent.postMessage({ 'explorer-height': Math.ceil(document.body.getBoundingClientRect().height) }, '*');
  }

  // The page

  const on = (id, type, handler) => $(id).addEventListener(type, handler);
  const submit = (id, handler) => on(id, 'submit', (event) => { event.preventDefault(); handler(); });

  function listen() {
    on('push', 'click', () => apply('push'));
    on('pop', 'click', () => apply('pop'));
    on('push-10', 'click', () => apply('10 x push'));
    on('push-1000', 'click', () => apply('1000 x push'));
    on('next-growth', 'click', () => work(() => page.to_next_growth()));
    on('undo', 'click', undo);
    on('reset', 'click', () => { stop(); playing.rest = ''; work(() => page.reset(), false); });
    on('play', 'click', () => (playing.on ? stop() : play()));

    on('workload', 'change', () => setText($('workload-hint'), hints.get($('workload').value) ?? ''));
    submit('workload-form', () => runProgram($('workload-error'), () => page.workload($('workload').value, $('workload-rows').value), $('workload-rows')));
    submit('trace-form', () => runProgram($('trace-error'), () => page.apply($('trace').value), $('trace')));
    on('replace-trace', 'click', () => runProgram($('trace-error'), () => page.replace($('trace').value), $('trace')));

    on('quiz', 'toggle', () => { if ($('quiz').open) ask(); keepAddress(); });
    on('quiz-form', 'change', (event) => { if (event.target.name === 'kind') { ask(); keepAddress(); } });
    submit('quiz-form', check);
    on('do-it', 'click', () => { apply('push'); $('guess').value = ''; $('guess').focus(); });

    on('copy-link', 'click', () => attempt($('take-error'), () => take('Link', address(fragment(false)))));
    on('embed-code', 'click', () => attempt($('take-error'), () => take('Code for embedding', embedCode())));
    on('whole', 'click', () => { try { $('whole').href = `explorer.html#${fragment(false)}`; } catch { /* too long */ } });
    on('save-trace', 'click', () => attempt($('take-error'), () => save('trace.txt', 'text/plain', page.trace())));

    on('theme', 'change', () => {
      chosen = $('theme').value;
      stored.set('mdbook-theme', chosen);
      showTheme();
    });
    on('shortcuts', 'change', () => {
      stored.set('explorer-shortcuts', $('shortcuts').checked ? '' : 'off');
      showShortcuts();
    });
    darkSystem.addEventListener('change', showTheme);
    addEventListener('storage', () => { chosen = undefined; showTheme(); });
    addEventListener('message', hearTheme);
    addEventListener('hashchange', openFragment);
    addEventListener('keydown', onKey);
    addEventListener('click', (event) => closeMenus(event.target.closest?.('.menu')));
    // The fragment of the address is the state: the link must not change it.
    document.querySelector('.skip').addEventListener('click', (event) => {
      event.preventDefault();
      $('work').focus();
    });
    addEventListener('beforeprint', () => { for (const card of cards.values()) if (card.dirty && card.node.isConnected) drawCard(card); });
    new ResizeObserver(fitBar).observe($('work'));
    addEventListener('resize', fitBar);
    new ResizeObserver(tellHeight).observe(document.body);
  }

  let hints = new Map();

  function fillWorkloads() {
    const workloads = rows(page.workloads());
    $('workload').append(...workloads.map(([name, title]) => option(name, title)));
    hints = new Map(workloads.map(([name, , hint]) => [name, hint]));
    setText($('workload-hint'), workloads[0]?.[2] ?? '');
  }

  function runProgram(place, program, input) {
    stop();
    const done = attempt(place, program, input);
    if (done) report($('work-error'), '');
    changed(done);
  }

  // The module is text in a script, since a page that was opened from a folder may load nothing else; compressed, since
  // the text would be three times as long.
  async function load() {
    if (typeof WebAssembly !== 'object') throw 'This browser has no WebAssembly, or it is turned off.';
    if (typeof DecompressionStream === 'undefined') throw 'This browser is too old: it cannot decompress the explorer.';
    if (typeof wasm_bindgen === 'undefined' || typeof EXPLORER_WASM === 'undefined') throw 'A file of the explorer is missing beside this page: explorer-bindings.js or explorer.wasm.js.';
    const packed = Uint8Array.from(atob(EXPLORER_WASM), (letter) => letter.charCodeAt(0));
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    wasm_bindgen.initSync({ module: await new Response(unpacked).arrayBuffer() });
    page = new wasm_bindgen.Page();
  }

  async function start() {
    showTheme();
    // On a phone and on a projector the array comes first.
    $('policies').open = !matchMedia('(max-width: 599px), (max-height: 760px)').matches;
    $('shortcuts').checked = stored.get('explorer-shortcuts') !== 'off';
    showShortcuts();
    try {
      await load();
    } catch (fault) {
      for (const part of [$('app'), document.querySelector('.title nav')]) part.hidden = true;
      report($('failure'), `${message(fault)} The book and the zoo, linked above, work without it.`);
      return;
    }
    fillAxisEnds();
    fillWorkloads();
    settings.push(
      setting('axis-end', (text) => page.set_axis_end(text), () => page.axis_end()),
      setting('row-bytes', (text) => page.set_row_bytes(text), () => page.row_bytes()),
      setting('prices', (text) => page.set_prices(text), () => page.prices()),
    );
    for (const [name, title, both] of rows(page.pictures())) Object.assign(PICTURES[name], { title, both: both === 'true' });
    LETTERS.forEach((_, which) => makePolicy(which));
    NAMES.forEach(makeCard);
    listen();
    openFragment();
    $('app').inert = false;
    root.dataset.state = 'ready';
  }

  start();

  // For tests, and for curious readers.
  globalThis.growthExplorer = { get page() { return page; } };
})();
