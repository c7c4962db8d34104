/** Candidates beside each other: how good, how sure, at what cost, and where they differ. */
(() => {
  const { byId, element, isNumber, number, short, percent, count, duration, title, heading, formatOf, tickOf, sortableTable, table } = dl;
  const { comparison, curves, classes, disagreements, calibrations, runs } = dl.data;
  const { candidates, metric, baseline } = comparison;

  const format = comparison.share ? percent : value => number(value, 4);
  /** Of a difference: in points of a percentage where the metric is a share. */
  const signed = value => !isNumber(value) ? '–' : (value > 0 ? '+' : value < 0 ? '−' : '±')
    + (comparison.share ? number(100 * Math.abs(value), 2) : number(Math.abs(value), 4));
  const color = new Map(candidates.map((candidate, index) => [candidate.name, dl.charts.colorOf(index)]));
  const dash = new Map(candidates.map((candidate, index) => [candidate.name, index >= 10 ? [6, 4] : undefined]));

  function named(name, text = name) {
    const label = element('span', null, 'named'), swatch = element('span', null, 'swatch');
    swatch.style.background = `var(${color.get(name)})`;
    label.append(swatch, text);
    return label;
  }

  function set(cell, ...children) {
    if (!cell.firstChild) cell.append(...children);
  }

  function header() {
    const counted = candidates.reduce((sum, candidate) => sum + candidate.runs.length, 0);
    document.title = dl.data.name + ' · dl';
    byId('name').textContent = dl.data.name;
    byId('subtitle').textContent = [heading(metric), candidates.length + (candidates.length === 1 ? ' candidate' : ' candidates'),
      counted + (counted === 1 ? ' run' : ' runs'), baseline && 'compared with ' + baseline].filter(Boolean).join(' · ');
    byId('unfair').hidden = comparison.unfair.length === 0;
    byId('unfair').querySelector('ul').append(...comparison.unfair.map(one => element('li', one.line)));
  }

  // ---- Leaderboard. ----

  /** A scale on which all intervals and single runs have a place. */
  function scale() {
    const values = candidates.flatMap(({ spread, runs }) => [spread.mean, ...(spread.interval ? [spread.interval.low, spread.interval.high] : []),
      ...runs.map(run => run.value)]).filter(isNumber);
    const low = Math.min(...values), high = Math.max(...values), room = (high - low || Math.abs(high) || 1) * 0.04;
    return value => (value - low + room) / (high - low + 2 * room);
  }

  const at = scale();

  /** The interval as a line, the mean as a dot on it, each run as a small stroke. */
  function forest(candidate) {
    const box = element('div', null, 'forest'), { mean, interval } = candidate.spread;
    const put = (className, from, to) => {
      const mark = element('span', null, className);
      mark.style.left = 100 * at(from) + '%';
      if (to !== undefined) mark.style.width = 100 * (at(to) - at(from)) + '%';
      mark.style.background = `var(${color.get(candidate.name)})`;
      box.append(mark);
    };
    if (interval) put('reach', interval.low, interval.high);
    candidate.runs.filter(run => isNumber(run.value)).forEach(run => put('seed', run.value));
    if (isNumber(mean)) put('mean', mean);
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', format(mean) + (interval ? ', 95 % interval from ' + format(interval.low) + ' to ' + format(interval.high) : ''));
    box.title = box.getAttribute('aria-label');
    return box;
  }

  function leaderboard() {
    const difference = candidate => candidate.difference || {};
    const better = !comparison.lessIsBetter;
    const list = sortableTable([
      { title: 'Candidate', className: 'words', value: one => one.name, fill: (cell, one) => set(cell, named(one.name), one.name === baseline ? element('small', ' baseline', 'muted') : '') },
      { title: heading(metric), descending: better, value: one => one.spread.mean, text: one => format(one.spread.mean) },
      { title: '95 % interval', className: 'plot', fill: (cell, one) => set(cell, forest(one)) },
      { title: 'Seeds', value: one => one.runs.length, text: one => one.runs.length },
      { title: comparison.share ? 'Points more' : 'More', hint: 'than the baseline, with the 95 % interval of the difference', descending: better, value: one => difference(one).mean,
        text: one => signed(difference(one).mean) + (difference(one).interval ? ' [' + signed(difference(one).interval.low) + ', ' + signed(difference(one).interval.high) + ']' : '') },
      { title: 'p', hint: 'of no difference, after Holm’s correction', value: one => difference(one).corrected, text: one => probability(difference(one).corrected) },
      { title: 'Weights', hint: 'parameters', value: one => one.costs.parameters, text: one => count(one.costs.parameters) },
      { title: 'Mult-adds', value: one => one.costs.multiplyAdds, text: one => count(one.costs.multiplyAdds) },
      { title: 'Samples/s', descending: true, value: one => one.costs.samplesPerSecond, text: one => number(one.costs.samplesPerSecond, 0) },
      { title: 'Memory', value: one => one.costs.peakMemoryBytes, text: one => bytes(one.costs.peakMemoryBytes) },
      { title: 'Time', value: one => one.costs.wallSeconds, text: one => duration(one.costs.wallSeconds) },
    ], { className: 'wide', key: one => one.name, sort: heading(metric), descending: better });
    byId('leaderboard').querySelector('.note').textContent = comparison.notes.join(' ');
    byId('leaderboard').querySelector('.note').hidden = comparison.notes.length === 0;
    byId('leaderboard').querySelector('.scroll').append(list.node);
    list.show(candidates);
    for (const { name, verdict } of candidates.filter(one => one.verdict)) {
      const line = element('li');
      line.append(named(name, ''), verdict);
      byId('leaderboard').querySelector('.verdicts').append(line);
    }
  }

  const probability = p => !isNumber(p) ? '–' : p < 0.001 ? '< 0.001' : number(p, 3);
  const bytes = value => isNumber(value) ? count(value) + 'B' : '–';

  // ---- Curves: the mean over seeds, and a band as wide as they are apart. ----

  function place(line, lines, against) {
    return against === 'time'
      ? lines.filter(other => other.epoch <= line.epoch).reduce((sum, other) => sum + (isNumber(other.seconds) ? other.seconds : 0), 0)
      : line[against];
  }

  function curve(name, key, against) {
    const seeds = curves.filter(one => one.candidate === name).map(one => one.lines.filter(line => isNumber(line[key])))
      .filter(lines => lines.length > 0);
    const epochs = [...new Set(seeds.flatMap(lines => lines.map(line => line.epoch)))].filter(isNumber).sort((a, b) => a - b);
    const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
    const rows = epochs.map(epoch => {
      const there = seeds.flatMap(lines => lines.filter(line => line.epoch === epoch).map(line => [place(line, lines, against), line[key]]));
      const values = there.map(([, value]) => value);
      return [mean(there.map(([x]) => x)), mean(values), Math.min(...values), Math.max(...values)];
    }).filter(([x]) => isNumber(x));
    return { label: name, color: color.get(name), dash: dash.get(name), points: rows.map(([x, y]) => [x, y]),
      band: seeds.length > 1 ? rows.map(([x, , low, high]) => [x, low, high]) : undefined };
  }

  function drawCurves() {
    const against = byId('against').value, chosen = byId('metric').value;
    const keys = [...new Set([chosen, 'train.loss'])];
    const xFormat = against === 'time' ? duration : against === 'epoch' ? value => isNumber(value) ? String(+value.toFixed(2)) : value : short;
    dl.charts.show(byId('curves').querySelector('.charts'), keys.map(key => ({
      title: heading(key), x: against, xFormat, xWhole: against !== 'time', format: formatOf(key), tick: tickOf(key),
      lines: candidates.map(({ name }) => curve(name, key, against)).filter(line => line.points.length > 0),
    })).filter(chart => chart.lines.length > 0));
  }

  function curvesOfAll() {
    const keys = [...new Set(curves.flatMap(one => one.lines.flatMap(line => Object.keys(line))))].filter(key => /^(train|validation)\./.test(key));
    if (keys.length === 0) return;
    const wanted = 'validation.' + metric.split('.')[1];
    keys.sort((a, b) => (b === wanted) - (a === wanted) || b.startsWith('validation') - a.startsWith('validation') || a.localeCompare(b, 'en'));
    byId('metric').append(...keys.map(key => option(key, heading(key))));
    for (const id of ['metric', 'against']) byId(id).addEventListener('change', drawCurves);
    byId('curves').hidden = false;
    drawCurves();
  }

  function option(value, label) {
    const node = element('option', label);
    node.value = value;
    return node;
  }

  // ---- Quality against cost. ----

  const COSTS = [
    { key: 'parameters', name: 'parameters', format: count },
    { key: 'multiplyAdds', name: 'multiply-adds of a sample', format: count },
    { key: 'wallSeconds', name: 'time of training', format: duration },
    { key: 'peakMemoryBytes', name: 'largest memory', format: bytes },
    { key: 'secondsPerSample', name: 'time of a sample in training, microseconds', format: short },
  ];

  const costOf = ({ costs }, key) => key === 'secondsPerSample' ? 1e6 / costs.samplesPerSecond : costs[key];

  function front(points) {
    const ahead = (a, b) => comparison.lessIsBetter ? a < b : a > b;
    return points.filter(([x, y]) => !points.some(([otherX, otherY]) =>
      otherX <= x && !ahead(y, otherY) && (otherX < x || ahead(otherY, y)))).sort((a, b) => a[0] - b[0]);
  }

  function drawPareto() {
    const cost = COSTS.find(one => one.key === byId('cost').value);
    const there = candidates.filter(one => isNumber(costOf(one, cost.key)) && costOf(one, cost.key) > 0 && isNumber(one.spread.mean));
    const point = one => [costOf(one, cost.key), one.spread.mean];
    const xs = there.map(one => point(one)[0]), low = Math.min(...xs), high = Math.max(...xs), log = high / low > 8;
    const reach = there.flatMap(({ spread }) => [spread.mean, ...(spread.interval ? [spread.interval.low, spread.interval.high] : [])]);
    const bottom = Math.min(...reach), top = Math.max(...reach), room = (top - bottom || Math.abs(top) || 1) * 0.12;
    dl.charts.show(byId('pareto').querySelector('.charts'), [{
      title: heading(metric) + ' against ' + cost.name, x: cost.name, xLabel: cost.name, xFormat: cost.format, xTick: cost.format, height: 320,
      format, tick: tickOf(comparison.share ? 'accuracy' : metric), xLog: log,
      xRange: log ? [low / 1.6, high * 1.6] : [low - (high - low || high) * 0.12, high + (high - low || high) * 0.12],
      range: [bottom - room, top + room],
      lines: [{ label: 'best for their cost', color: '--muted', stepped: true, faint: true, points: front(there.map(point)) },
        ...there.map(one => ({ label: one.name, color: color.get(one.name), dots: true, points: [point(one)] }))],
      marks: there.map(one => ({ x: point(one)[0], y: point(one)[1], text: one.name, color: color.get(one.name),
        low: one.spread.interval ? one.spread.interval.low : undefined, high: one.spread.interval ? one.spread.interval.high : undefined })),
    }]);
  }

  function pareto() {
    const known = COSTS.filter(({ key }) => candidates.some(one => isNumber(costOf(one, key)) && costOf(one, key) > 0));
    if (known.length === 0 || candidates.length < 2) return;
    byId('cost').append(...known.map(({ key, name }) => option(key, name)));
    byId('cost').addEventListener('change', drawPareto);
    byId('pareto').hidden = false;
    drawPareto();
  }

  // ---- Classes, samples, calibration. ----

  function classTable() {
    if (!classes) return;
    const base = classes.candidates.find(one => one.candidate === baseline) || classes.candidates[0];
    const others = classes.candidates.filter(one => one !== base);
    const strongest = Math.max(0.02, ...others.flatMap(one => one.accuracy.map((value, index) => Math.abs(value - base.accuracy[index]))).filter(isNumber));
    const tint = (cell, difference) => {
      cell.textContent = !isNumber(difference) ? '–' : (difference > 0 ? '+' : difference < 0 ? '−' : '') + number(100 * Math.abs(difference), 1);
      if (isNumber(difference)) cell.style.background = `rgba(var(${difference < 0 ? '--wrong' : '--gain'}), ${(0.55 * Math.abs(difference) / strongest).toFixed(3)})`;
    };
    const rows = classes.names.map((name, index) => ({ name, index }));
    const list = sortableTable([
      { title: 'Class', className: 'words', value: row => row.index, text: row => row.name },
      { title: 'Samples', value: row => classes.samples[row.index], descending: true, text: row => number(classes.samples[row.index], 0) },
      { title: base.candidate, value: row => base.accuracy[row.index], text: row => percent(base.accuracy[row.index]) },
      ...others.map(one => ({ title: one.candidate, value: row => one.accuracy[row.index] - base.accuracy[row.index],
        fill: (cell, row) => tint(cell, one.accuracy[row.index] - base.accuracy[row.index]) })),
    ], { className: 'wide', key: row => row.index, sort: 'Class' });
    byId('classes').hidden = false;
    byId('classes').querySelector('.note').textContent = 'Share of each class of the ' + classes.split + ' split that is recognized, the mean over seeds: of '
      + base.candidate + ', and how many points others are above or below it.';
    byId('classes').querySelector('.scroll').append(list.node);
    list.show(rows);
  }

  function disagreement(sample) {
    const figure = element('figure'), caption = element('figcaption'), list = element('ul', null, 'answers');
    caption.append(element('span', 'is '), element('strong', sample.label), element('small', '#' + sample.sample));
    for (const answer of sample.answers) {
      const line = element('li');
      const told = answer.told.map(one => one.predicted + (answer.told.length > 1 ? ' (' + one.runs + ')' : '')).join(', ');
      line.append(named(answer.candidate), ' ', element('span', told, answer.told.every(one => one.predicted === sample.label) ? 'completed' : 'diverged'),
        element('small', ' ' + percent(answer.labelProbability)));
      line.title = 'probability of ' + sample.label + ': ' + percent(answer.labelProbability);
      list.append(line);
    }
    if (sample.png || sample.text) figure.append(dl.sample(sample, 'a ' + sample.label));
    figure.append(caption, list);
    return figure;
  }

  function samples() {
    if (disagreements.samples.length === 0) return;
    byId('disagreements').hidden = false;
    byId('disagreements').querySelector('.note').textContent = 'Samples of the ' + disagreements.split
      + ' split with the widest range of probabilities given to their class, and what each candidate takes them for'
      + (disagreements.missing ? '. They cannot be shown: ' + disagreements.missing : '.');
    byId('disagreements').querySelector('.pictures').append(...disagreements.samples.map(disagreement));
  }

  function calibration() {
    if (calibrations.length === 0) return;
    byId('calibration').hidden = false;
    dl.charts.show(byId('calibration').querySelector('.charts'), [{
      title: 'Reliability', x: 'probability', xLabel: 'probability given', xFormat: percent, xTick: value => Math.round(100 * value) + ' %', format: percent,
      tick: value => Math.round(100 * value) + ' %', range: [0, 1], xRange: [0, 1], height: 330,
      lines: [{ label: 'as claimed', color: '--muted', faint: true, dash: [4, 4], points: [[0, 0], [1, 1]] },
        ...calibrations.map(one => ({ label: one.candidate, color: color.get(one.candidate), dash: dash.get(one.candidate),
          points: one.bins.filter(bin => bin.samples > 0).map(bin => [bin.probability, bin.accuracy]) }))],
    }]);
    const list = sortableTable([
      { title: 'Candidate', className: 'words', value: one => one.candidate, fill: (cell, one) => set(cell, named(one.candidate)) },
      { title: 'Error', hint: 'expected calibration error over 15 bins of equal width', value: one => one.error, text: one => percent(one.error) },
      { title: 'Claimed', hint: 'the mean probability that answers are given', value: one => one.probability, text: one => percent(one.probability) },
      { title: 'Right', hint: 'the share of answers that are right', value: one => one.accuracy, descending: true, text: one => percent(one.accuracy) },
    ], { className: 'wide', key: one => one.candidate, sort: 'Error' });
    byId('calibration').querySelector('.scroll').append(list.node);
    list.show(calibrations);
  }

  // ---- What differs, and where all came from. ----

  function settings() {
    const keys = [...new Set(candidates.flatMap(candidate => Object.keys(candidate.settings)))];
    if (keys.length === 0) return;
    const node = table(['Setting', ...candidates.map(candidate => candidate.name)],
      keys.map(key => [key, ...candidates.map(candidate => candidate.settings[key] ?? '–')]), 'values wide headed');
    dl.show('settings', node);
  }

  /** Hashes and instants are shortened; the pointer tells all of them. */
  function fact(cell, value = '–') {
    set(cell, /^[0-9a-f]{40,}$/.test(value) ? value.slice(0, 12) : value.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)[.\d]*Z$/, '$1 $2'));
    cell.title = value;
  }

  function provenance() {
    const keys = [...new Set(runs.flatMap(run => Object.keys(run.facts)))];
    const same = keys.filter(key => runs.length > 1 && runs.every(run => run.facts[key] === runs[0].facts[key]));
    const differing = keys.filter(key => !same.includes(key));
    const list = sortableTable([
      { title: 'Run', className: 'words', value: run => run.run, text: run => run.run },
      { title: 'Candidate', className: 'words', value: run => run.candidate, fill: (cell, run) => set(cell, run.candidate ? named(run.candidate) : 'left out') },
      { title: 'Seed', value: run => run.seed, text: run => run.seed },
      { title: heading(metric), descending: !comparison.lessIsBetter, value: run => run.value, text: run => format(run.value) },
      ...differing.map(key => ({ title: title(key), className: 'words fact', value: run => run.facts[key], fill: (cell, run) => fact(cell, run.facts[key]) })),
    ], { className: 'wide', key: run => run.run, sort: heading(metric), descending: !comparison.lessIsBetter });
    byId('runs').querySelector('.scroll').append(list.node);
    list.show(runs);
    byId('runs').querySelector('h3').hidden = same.length === 0;
    byId('runs').querySelector('.same').append(dl.facts(Object.fromEntries(same.map(key => [title(key), runs[0].facts[key]]))));
  }

  header();
  leaderboard();
  curvesOfAll();
  pareto();
  classTable();
  samples();
  calibration();
  settings();
  provenance();
})();
