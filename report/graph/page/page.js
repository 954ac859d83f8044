'use strict';
// Runs in the page: highlights, search, the list of a pinned node. The map itself is drawn when the page is made.
(() => {
  const map = JSON.parse(document.getElementById('data').textContent);
  const svg = document.querySelector('.map svg');
  const panel = document.querySelector('.panel');
  const status = document.getElementById('status');
  const search = document.getElementById('search');
  const nodes = [...svg.querySelectorAll('.node')];
  const paths = [...svg.querySelectorAll('.edge')];
  const rows = [...document.querySelectorAll('tbody tr')];
  let pinned = -1;
  let shown = -1;

  const callers = (id) => map.edges.filter((edge) => edge.to === id);
  const called = (id) => map.edges.filter((edge) => edge.from === id);

  function light(index) {
    shown = index;
    const id = index < 0 ? undefined : map.nodes[index].id;
    svg.classList.toggle('lit', id !== undefined);
    const into = new Set(id === undefined ? [] : callers(id).map((edge) => edge.from));
    const out = new Set(id === undefined ? [] : called(id).map((edge) => edge.to));
    for (const [i, element] of nodes.entries()) {
      const other = map.nodes[i].id;
      element.classList.toggle('self', other === id);
      element.classList.toggle('in', into.has(other) && other !== id);
      element.classList.toggle('out', out.has(other) && other !== id);
      element.classList.toggle('near', (into.has(other) || out.has(other)) && other !== id);
    }
    for (const [i, element] of paths.entries()) {
      const edge = map.edges[i];
      element.classList.toggle('in', id !== undefined && edge.to === id);
      element.classList.toggle('out', id !== undefined && edge.from === id);
      // What is lit is drawn last, on top of the other edges.
      if (id !== undefined && (edge.to === id || edge.from === id)) element.parentNode.append(element);
    }
  }

  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className !== undefined) element.className = className;
    return element;
  };

  function list(title, className, edges, otherEnd) {
    panel.append(make('h3', `${title} (${edges.length})`, className));
    const items = make('ul');
    for (const edge of edges) {
      const index = map.nodes.findIndex((node) => node.id === edge[otherEnd]);
      const item = make('li');
      const button = make('button', map.nodes[index].name);
      button.type = 'button';
      button.addEventListener('click', () => { pin(index); nodes[index].focus({ preventScroll: false }); });
      item.append(button, ` ${edge.ports.join(', ')}`);
      for (const option of edge.options) item.append(make('small', option));
      if (edge.policies.egress.length > 0) item.append(make('small', `out: ${edge.policies.egress.join(', ')}`));
      if (edge.policies.ingress.length > 0) item.append(make('small', `in: ${edge.policies.ingress.join(', ')}`));
      items.append(item);
    }
    if (edges.length === 0) items.append(make('li', 'none', 'soft'));
    panel.append(items);
  }

  function describe(index) {
    panel.replaceChildren();
    panel.classList.toggle('empty', index < 0);
    panel.parentNode.classList.toggle('open', index >= 0);
    if (index < 0) return;
    const close = make('button', 'Close', 'close');
    close.type = 'button';
    close.addEventListener('click', () => { pin(-1); nodes[index].focus(); });
    panel.append(close);
    const node = map.nodes[index];
    panel.append(make('h2', node.name));
    const facts = make('dl');
    for (const [key, value] of node.facts) facts.append(make('dt', key), make('dd', value));
    panel.append(facts);
    list('May be called by', 'in', callers(node.id), 'from');
    list('May call', 'out', called(node.id), 'to');
  }

  function pin(index) {
    pinned = index;
    for (const [i, element] of nodes.entries()) element.setAttribute('aria-pressed', String(i === index));
    light(index);
    describe(index);
    const name = index < 0 ? '' : map.nodes[index].name;
    status.textContent = index < 0 ? '' : `${name}: called by ${callers(map.nodes[index].id).length}, calls ${called(map.nodes[index].id).length}`;
  }

  for (const [i, element] of nodes.entries()) {
    element.addEventListener('pointerenter', () => light(i));
    element.addEventListener('pointerleave', () => light(pinned));
    element.addEventListener('focus', () => light(i));
    element.addEventListener('blur', () => light(pinned));
    element.addEventListener('click', () => pin(pinned === i ? -1 : i));
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        pin(pinned === i ? -1 : i);
      } else if (event.key.startsWith('Arrow')) {
        event.preventDefault();
        nearest(i, event.key)?.focus();
      }
    });
  }
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') pin(-1);
    if (event.key === '/' && document.activeElement !== search) { event.preventDefault(); search.focus(); }
  });
  svg.addEventListener('click', (event) => { if (event.target.closest('.node') === null) pin(-1); });

  /** The next box in the direction of an arrow key: near along it, and not far aside. */
  function nearest(from, key) {
    const centre = (i) => { const b = map.nodes[i].box; return [b[0], b[1]]; };
    const [x, y] = centre(from);
    const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
    const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
    let best;
    for (let i = 0; i < nodes.length; i += 1) {
      const [dx, dy] = [centre(i)[0] - x, centre(i)[1] - y];
      const [along, aside] = sideways ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
      if (along > 1 && (best === undefined || along + aside * 2 < best[0])) best = [along + aside * 2, nodes[i]];
    }
    return best?.[1];
  }

  function find() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (text) => words.every((word) => text.includes(word));
    const hits = new Set();
    for (const [i, element] of nodes.entries()) {
      const hit = words.length > 0 && matches(map.nodes[i].text);
      if (hit) hits.add(map.nodes[i].id);
      element.classList.toggle('hit', hit);
    }
    let connections = 0;
    for (const [i, element] of paths.entries()) {
      const edge = map.edges[i];
      const hit = words.length > 0 && (hits.has(edge.from) || hits.has(edge.to) || matches(edge.text));
      element.classList.toggle('hit', hit);
      rows[i].hidden = words.length > 0 && !hit;
      if (hit) connections += 1;
    }
    svg.classList.toggle('searching', words.length > 0);
    status.textContent = words.length === 0 ? '' : `${hits.size} of ${nodes.length} boxes, ${connections} of ${paths.length} connections`;
  }
  search.addEventListener('input', find);

  const [width, height] = map.size;
  const view = document.querySelector('.map');
  let zoom = 1;
  function scale(value) {
    zoom = Math.min(2, Math.max(0.2, value));
    svg.setAttribute('width', width * zoom);
    svg.setAttribute('height', height * zoom);
  }
  const fit = () => scale(Math.min(1, view.clientWidth / width));
  document.getElementById('larger').addEventListener('click', () => scale(zoom * 1.25));
  document.getElementById('smaller').addEventListener('click', () => scale(zoom / 1.25));
  document.getElementById('fit').addEventListener('click', fit);
  document.getElementById('all').addEventListener('change', (event) => svg.classList.toggle('all', event.target.checked));
  // Text has to stay readable: what does not fit then is scrolled to.
  scale(Math.min(1, Math.max(0.72, view.clientWidth / width)));
  describe(-1);
})();
