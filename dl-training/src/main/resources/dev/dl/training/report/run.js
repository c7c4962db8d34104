'use strict';
(() => {
  const run = JSON.parse(document.getElementById('data').textContent);
  const section = id => document.getElementById(id);

  /** An element whose text is never read as markup. */
  function element(name, text, className) {
    const node = document.createElement(name);
    if (text !== undefined && text !== null) node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  const number = (value, digits) => typeof value === 'number' && isFinite(value)
    ? value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }) : '–';
  const short = value => typeof value === 'number' && isFinite(value) ? String(+value.toPrecision(3)) : '–';
  const percent = value => typeof value === 'number' && isFinite(value) ? number(100 * value, 2) + ' %' : '–';
  function duration(seconds) {
    if (typeof seconds !== 'number') return '–';
    const whole = Math.round(seconds), two = part => String(part).padStart(2, '0');
    const minutes = Math.floor(whole / 60) % 60, hours = Math.floor(whole / 3600);
    return (hours ? hours + ':' + two(minutes) : minutes) + ':' + two(whole % 60);
  }

  function header() {
    const summary = run.summary, best = summary.best || {};
    document.title = run.name + ' · dl';
    section('name').textContent = run.name;
    section('subtitle').textContent = [
      summary.parameters && number(summary.parameters, 0) + ' parameters',
      summary.backend && 'on ' + summary.backend,
      best.epoch && 'best epoch ' + best.epoch + ' of ' + summary.epochs,
    ].filter(Boolean).join(' · ');
    const tile = (name, value, className) => {
      const box = element('div');
      box.append(element('dt', name), element('dd', value, className));
      section('tiles').append(box);
    };
    tile('Status', summary.status, summary.status);
    for (const split of ['validation', 'test']) {
      const metrics = summary[split] || {}, title = split[0].toUpperCase() + split.slice(1);
      if ('accuracy' in metrics) tile(title + ' accuracy', percent(metrics.accuracy));
      if ('loss' in metrics) tile(title + ' loss', number(metrics.loss, 4));
    }
    tile('Samples/s', number(summary.samplesPerSecond, 0));
    tile('Time', duration(summary.wallSeconds));
  }

  // ---- Curves: thin lines step by step, strong lines epoch by epoch. ----

  const rows = kind => run.metrics.filter(row => row.kind === kind);

  function points(kind, key) {
    return rows(kind).filter(row => typeof row[key] === 'number').map(row => [row.step, row[key]]);
  }

  const CHARTS = [
    { title: 'Loss', format: value => number(value, 4), lines: [
      { label: 'train, steps', kind: 'step', key: 'train.loss', color: '--train', faint: true },
      { label: 'train', kind: 'epoch', key: 'train.loss', color: '--train' },
      { label: 'validation', kind: 'epoch', key: 'validation.loss', color: '--validation' }] },
    { title: 'Accuracy', format: percent, tick: value => +(100 * value).toFixed(2) + ' %', lines: [
      { label: 'train, steps', kind: 'step', key: 'train.accuracy', color: '--train', faint: true },
      { label: 'train', kind: 'epoch', key: 'train.accuracy', color: '--train' },
      { label: 'validation', kind: 'epoch', key: 'validation.accuracy', color: '--validation' }] },
    { title: 'Learning rate', format: short, tick: short, lines: [
      { label: 'learning rate', kind: 'step', key: 'learningRate', color: '--train' }] },
    { title: 'Gradient norm', format: value => number(value, 3), lines: [
      { label: 'gradient norm', kind: 'step', key: 'gradientNorm', color: '--train' }] },
  ];

  function plot({ lines, tick, format }, box, color) {
    const data = uPlot.join(lines.map(line => [line.points.map(p => p[0]), line.points.map(p => p[1])]));
    const axis = { stroke: color('--muted'), grid: { stroke: color('--grid'), width: 1 }, ticks: { stroke: color('--grid') } };
    return new uPlot({
      width: box.clientWidth, height: 250,
      scales: { x: { time: false } },
      axes: [axis, { ...axis, size: 62, values: (self, ticks) => ticks.map(tick || String) }],
      series: [{ label: 'step' }, ...lines.map(line => ({
        label: line.label, stroke: color(line.color), width: line.faint ? 1 : 2, alpha: line.faint ? 0.45 : 1,
        spanGaps: true, points: { show: line.kind === 'epoch' && line.points.length < 60, size: 5 },
        value: (self, value) => format(value) }))],
    }, data, box);
  }

  let plots = [];

  function curves() {
    const style = getComputedStyle(document.documentElement);
    const color = name => style.getPropertyValue(name).trim();
    const holder = section('curves').querySelector('.charts');
    plots.forEach(plot => plot.destroy());
    plots = [];
    holder.replaceChildren();
    const charts = CHARTS
      .map(chart => ({ ...chart, lines: chart.lines.map(line => ({ ...line, points: points(line.kind, line.key) }))
        .filter(line => line.points.length > 0) }))
      .filter(chart => chart.lines.length > 0);
    // All boxes stand before the first is measured: each takes its share of the row.
    const boxes = charts.map(chart => {
      const box = element('div', null, 'chart');
      box.append(element('h3', chart.title));
      holder.append(box);
      return box;
    });
    plots = charts.map((chart, index) => plot(chart, boxes[index], color));
    section('curves').hidden = plots.length === 0;
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

  function show(id, node) {
    section(id).hidden = false;
    section(id).querySelector('.scroll').append(node);
  }

  /** A heading that may be cut short, and then tells the rest to the pointer. */
  function named(name) {
    const heading = element('th', name);
    heading.title = name;
    return heading;
  }

  function confusion({ split, names, confusion: counts }) {
    const many = names.length > 25;
    const node = element('table', null, many ? 'many' : ''), body = node.createTBody();
    if (!many) {
      const head = node.createTHead().insertRow();
      head.append(element('th'));
      names.forEach(name => head.append(named(name)));
    }
    counts.forEach((line, label) => {
      const row = body.insertRow(), total = line.reduce((sum, count) => sum + count, 0);
      if (!many) row.append(named(names[label]));
      line.forEach((count, predicted) => {
        const cell = element('td', many ? '' : number(count, 0), count === 0 ? 'zero' : '');
        const share = total ? count / total : 0, hue = label === predicted ? '--right' : '--wrong';
        // Mistakes are few: the root makes the small shares visible.
        const strength = label === predicted ? 0.75 * share : 0.9 * Math.sqrt(share);
        if (count > 0) cell.style.background = `rgba(var(${hue}), ${strength.toFixed(3)})`;
        cell.title = `${names[label]} taken for ${names[predicted]}: ${count} of ${total}`;
        row.append(cell);
      });
    });
    section('confusion').querySelector('.note').textContent =
      split + ' split; rows are labels, columns what they were taken for';
    show('confusion', node);
  }

  function meter(share) {
    const cell = element('td', null, 'meter');
    cell.style.setProperty('--share', typeof share === 'number' && isFinite(share) ? share : 0);
    cell.append(element('span', percent(share)));
    return cell;
  }

  function classes({ names, figures }) {
    show('classes', table(['Class', 'Precision', 'Recall', 'F1', 'Samples'], names.map((name, index) => {
      const figure = figures[index];
      return [name, meter(figure.precision), meter(figure.recall), meter(figure.f1), number(figure.samples, 0)];
    }), 'wide'));
  }

  function mistakes() {
    section('mistakes').hidden = run.mistakes.length === 0;
    for (const mistake of run.mistakes) {
      const figure = element('figure'), caption = element('figcaption');
      const sample = mistake.png ? element('img') : element('blockquote', mistake.text || '');
      if (mistake.png) {
        sample.src = 'data:image/png;base64,' + mistake.png;
        sample.alt = mistake.label + ' taken for ' + mistake.predicted;
      }
      caption.append(element('b', mistake.predicted), ' ' + percent(mistake.probability),
        element('div', 'is ' + mistake.label), element('small', mistake.sample));
      figure.append(sample, caption);
      section('mistakes').querySelector('.pictures').append(figure);
    }
  }

  function seen() {
    if (!run.seen) return;
    const sample = run.seen.png ? element('img') : element('pre', run.seen.text);
    if (run.seen.png) {
      sample.src = 'data:image/png;base64,' + run.seen.png;
      sample.alt = 'pictures of the first batch with their labels';
    }
    show('seen', sample);
  }

  function epochs() {
    const epochRows = rows('epoch');
    if (epochRows.length === 0) return;
    const node = table(['Epoch', 'Train loss', 'Train accuracy', 'Validation loss', 'Validation accuracy', 'Samples/s', 'Data wait', 'Time'],
      epochRows.map(row => [row.epoch, number(row['train.loss'], 4), percent(row['train.accuracy']),
        number(row['validation.loss'], 4), percent(row['validation.accuracy']), number(row.samplesPerSecond, 0),
        percent(row.dataWaitShare), duration(row.seconds)]), 'wide');
    const best = (run.summary.best || {}).epoch;
    epochRows.forEach((row, index) => { if (row.epoch === best) node.tBodies[0].rows[index].className = 'best'; });
    show('epochs', node);
  }

  function flatten(value, path, into) {
    if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) flatten(inner, path ? path + '.' + key : key, into);
    } else {
      into.push([path, String(value)]);
    }
    return into;
  }

  function facts() {
    section('spec').querySelector('pre').textContent = run.spec;
    const node = element('table', null, 'values wide'), body = node.createTBody();
    for (const [name, value] of flatten(run.provenance, '', [])) {
      const row = body.insertRow();
      row.append(element('td', name), element('td', value));
    }
    show('provenance', node);
  }

  header();
  curves();
  if (run.classes) {
    confusion(run.classes);
    classes(run.classes);
  }
  mistakes();
  seen();
  epochs();
  facts();

  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth !== width) {
      width = innerWidth;
      curves();
    }
  });
  for (const query of ['(prefers-color-scheme: dark)', 'print']) {
    matchMedia(query).addEventListener('change', curves);
  }
})();
