'use strict';
/** What all pages share: elements whose text is never markup, numbers as people read them, tables. */
const dl = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = id => document.getElementById(id);

  /** An element whose text is never read as markup. */
  function element(name, text, className) {
    const node = document.createElement(name);
    if (text !== undefined && text !== null) node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  // ---- Numbers. ----

  const isNumber = value => typeof value === 'number' && isFinite(value);
  const number = (value, digits) => isNumber(value)
    ? Math.abs(value) >= 1e12 ? value.toExponential(2) : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }) : '–';
  const short = value => isNumber(value) ? String(+value.toPrecision(3)) : '–';
  const percent = value => isNumber(value) ? number(100 * value, 2) + ' %' : '–';
  /** 1.2 k, 3.4 M: for counts whose size matters and whose digits do not. */
  function count(value) {
    if (!isNumber(value)) return '–';
    const size = Math.abs(value);
    const [by, unit] = [[1e12, ' T'], [1e9, ' G'], [1e6, ' M'], [1e3, ' k']].find(([least]) => size >= least) || [1, ''];
    return +(value / by).toPrecision(3) + unit;
  }
  function duration(seconds) {
    if (!isNumber(seconds)) return '–';
    const whole = Math.round(seconds), two = part => String(part).padStart(2, '0');
    const minutes = Math.floor(whole / 60) % 60, hours = Math.floor(whole / 3600);
    return (hours ? hours + ':' + two(minutes) : minutes) + ':' + two(whole % 60);
  }

  const SHARES = /accuracy|precision|recall|f1|iou|dice|auc/i;
  const SMALLER_IS_BETTER = /loss|error|perplexity|rmse|mae|ece|nll|brier/i;
  /** How a metric of this name is written: `test.accuracy` as a percentage. */
  const formatOf = metric => SHARES.test(metric) ? percent : value => number(value, 4);
  const tickOf = metric => SHARES.test(metric) ? value => +(100 * value).toFixed(2) + ' %' : short;
  const isSmallerBetter = metric => SMALLER_IS_BETTER.test(metric);
  /** A name as people write it: `macroF1` is "macro F1", `topKAccuracy` "top K accuracy". */
  const words = name => String(name).replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(' ').map(word => /^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word).join(' ');
  const title = name => words(name).replace(/^./, first => first.toUpperCase());
  /** A metric with its split: `validation.loss` is "Validation loss". */
  function heading(name) {
    const [split, rest] = String(name).split('.');
    return rest ? title(split) + ' ' + words(rest) : title(name);
  }

  // ---- Tables. ----

  function table(names, lines, className) {
    const node = element('table', null, className), head = node.createTHead().insertRow();
    names.forEach(name => head.append(element('th', name)));
    const body = node.createTBody();
    for (const line of lines) {
      const row = body.insertRow();
      line.forEach(cell => row.append(cell instanceof Node ? cell : element('td', cell)));
    }
    return node;
  }

  /**
   * A table that its headings sort, with the mouse or the keyboard. A column has a `title`, the `value` of a
   * row to sort by, and either `text` to show or `fill(cell, row)`; `descending` is what the first click
   * gives. Rows have a key, so that showing others leaves alone what did not change, and with it the focus.
   */
  function sortableTable(columns, { className, key, sort, descending, onSort }) {
    const node = element('table', null, className), heads = node.createTHead().insertRow(), body = node.createTBody();
    let order = { column: columns.find(column => column.title === sort) || columns[0], descending: !!descending };
    let rows = [];
    const known = new Map();

    const buttons = columns.map(column => {
      const head = element('th', null, column.className), button = element('button', column.title);
      head.scope = 'col';
      if (column.hint) button.title = column.hint;
      button.type = 'button';
      button.addEventListener('click', () => {
        order = { column, descending: order.column === column ? !order.descending : !!column.descending };
        draw();
        if (onSort) onSort(order);
      });
      if (column.value) head.append(button); else head.append(column.title);
      heads.append(head);
      return head;
    });

    /** Numbers by size, words by the alphabet; what is missing comes last, whatever the direction. */
    function compare(one, other) {
      const [a, b] = [order.column.value(one), order.column.value(other)];
      const missing = value => value === null || value === undefined || value === '' || Number.isNaN(value);
      if (missing(a) || missing(b)) return missing(a) - missing(b);
      const difference = typeof a === 'number' && typeof b === 'number' ? a - b
        : String(a).localeCompare(String(b), 'en', { numeric: true });
      return order.descending ? -difference : difference;
    }

    function draw() {
      buttons.forEach((head, index) => head.setAttribute('aria-sort',
        columns[index] !== order.column ? 'none' : order.descending ? 'descending' : 'ascending'));
      const sorted = [...rows].sort(compare), keys = new Set(sorted.map(key));
      for (const [name, row] of known) {
        if (!keys.has(name)) {
          row.remove();
          known.delete(name);
        }
      }
      const focused = document.activeElement;
      sorted.forEach((data, index) => {
        let row = known.get(key(data));
        if (!row) {
          row = element('tr');
          columns.forEach(column => row.append(element('td', null, column.className)));
          known.set(key(data), row);
        }
        columns.forEach((column, at) => {
          if (column.fill) column.fill(row.cells[at], data);
          else if (row.cells[at].textContent !== column.text(data)) row.cells[at].textContent = column.text(data);
        });
        if (body.rows[index] !== row) body.insertBefore(row, body.rows[index] || null);
      });
      if (focused && focused !== document.activeElement && body.contains(focused)) focused.focus();
    }

    return {
      node,
      show(shown) { rows = shown; draw(); },
      rowOf: name => known.get(name),
    };
  }

  /** A cell with a bar behind its percentage. */
  function meter(share) {
    const cell = element('td', null, 'meter');
    cell.style.setProperty('--share', isNumber(share) ? share : 0);
    cell.append(element('span', percent(share)));
    return cell;
  }

  function flatten(value, path, into) {
    if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) flatten(inner, path ? path + '.' + key : key, into);
    } else {
      into.push([path, String(value)]);
    }
    return into;
  }

  /** Nested facts as a table of paths and values. */
  function facts(value) {
    const node = element('table', null, 'values wide'), body = node.createTBody();
    for (const [name, text] of flatten(value, '', [])) {
      const row = body.insertRow();
      row.append(element('td', name), element('td', text));
    }
    return node;
  }

  function tiles(holder, entries) {
    holder.replaceChildren(...entries.map(([name, value, className]) => {
      const box = element('div');
      box.append(element('dt', name), element('dd', value, className));
      box.title = name;
      return box;
    }));
  }

  /** A picture that travels with the page, or a text. */
  function sample({ png, text }, alt) {
    if (!png) return element('blockquote', text || '');
    const image = element('img');
    image.src = 'data:image/png;base64,' + png;
    image.alt = alt;
    return image;
  }

  function show(id, node) {
    byId(id).hidden = false;
    byId(id).querySelector('.scroll').append(node);
  }

  return {
    data, byId, element, isNumber, number, short, percent, count, duration, formatOf, tickOf, isSmallerBetter, title, heading, table,
    sortableTable, meter, facts, tiles, sample, show,
  };
})();
