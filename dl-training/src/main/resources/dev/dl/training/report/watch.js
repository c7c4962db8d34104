/** Runs as they go on: asks the server of ./dl watch every two seconds, and shows what it says. */
(() => {
  const { byId, element, isNumber, number, percent, count, duration, heading, formatOf, tickOf, isSmallerBetter, sortableTable } = dl;
  const EVERY_MILLISECONDS = 2000, HIDDEN_MILLISECONDS = 15000;
  const MOST_TICKED = 20, FIRST_TICKED = 6, MOST_LINES = 200000, MOST_CHUNKS = 64;

  let runs = [];
  /** Ticked runs with the number of their colour; chosen by the page until somebody ticks. */
  const ticked = new Map();
  let chosenByUser = false;
  /** What was read so far of each run's metrics. */
  const metrics = new Map();
  let shown = null, shownChange = null;

  async function ask(path, parameters, options) {
    const response = await fetch(path + '?' + new URLSearchParams(parameters), options);
    if (!response.ok) throw new Error((await response.text()).trim());
    return response;
  }

  // ---- Metrics, read on from where the last look ended. ----

  async function follow(id) {
    let known = metrics.get(id) || { file: '', next: 0, lines: [] };
    for (let chunk = 0; chunk < MOST_CHUNKS && known.lines.length < MOST_LINES; chunk++) {
      const response = await ask('/api/metrics', { run: id, from: known.next });
      const file = response.headers.get('X-Dl-File'), next = +response.headers.get('X-Dl-Next');
      const text = await response.text();
      if (file !== known.file || next < known.next) { // another file, as after a run was taken up again
        const again = known.next > 0;
        known = { file, next: again ? 0 : next, lines: again ? [] : parsed(text) };
        if (again) continue;
      } else {
        known.lines.push(...parsed(text));
        const moved = next > known.next;
        known.next = next;
        if (!moved) break;
      }
    }
    metrics.set(id, known);
    return known.lines;
  }

  function parsed(text) {
    return text.split('\n').flatMap(line => {
      try {
        const value = JSON.parse(line);
        return value && typeof value === 'object' ? [value] : [];
      } catch (torn) {
        return [];
      }
    });
  }

  // ---- The list. ----

  let list = null;
  const metric = () => byId('metric').value;

  function tick(id, on) {
    chosenByUser = true;
    if (on) {
      const taken = new Set(ticked.values());
      ticked.set(id, [...Array(MOST_TICKED).keys()].find(index => !taken.has(index)));
    } else {
      ticked.delete(id);
    }
    draw();
    overlay();
  }

  const columns = () => [
    { title: 'Run', className: 'run', value: run => run.id, fill: fillName },
    { title: 'Status', className: 'words', value: run => run.status, fill: fillStatus },
    { title: 'Epoch', value: run => run.progress ?? run.epoch, fill: fillProgress, descending: true },
    { title: 'Model', className: 'words', value: run => run.model, text: run => run.model || '–' },
    { title: 'Data', className: 'words', value: run => run.data, text: run => run.data || '–' },
    { title: 'Seed', value: run => +run.seed, text: run => run.seed ?? '–' },
    ...(metric() ? [{ title: heading(metric()), value: run => run.metrics[metric()], descending: !isSmallerBetter(metric()),
      hint: 'of the best epoch so far', text: run => formatOf(metric())(run.metrics[metric()]) }] : []),
    { title: 'Parameters', value: run => run.parameters, text: run => count(run.parameters) },
    { title: 'Samples/s', value: run => run.samplesPerSecond, descending: true, text: run => number(run.samplesPerSecond, 0) },
    { title: 'Time', value: run => run.seconds, text: run => duration(run.seconds) },
    { title: 'Changed', value: run => run.changedMillis, descending: true, text: run => ago(run.changedMillis) },
  ];

  function ago(millis) {
    const seconds = Math.max(0, (Date.now() - millis) / 1000);
    if (!millis) return '–';
    if (seconds < 90) return Math.round(seconds) + ' s ago';
    if (seconds < 5400) return Math.round(seconds / 60) + ' min ago';
    return seconds < 129600 ? Math.round(seconds / 3600) + ' h ago' : Math.round(seconds / 86400) + ' d ago';
  }

  function fillName(cell, run) {
    if (!cell.firstChild) {
      const box = element('input'), swatch = element('span', null, 'swatch'), link = element('a', run.id);
      box.type = 'checkbox';
      box.setAttribute('aria-label', 'curves of ' + run.id);
      box.addEventListener('change', () => tick(run.id, box.checked));
      link.href = '#run=' + encodeURIComponent(run.id);
      link.title = run.name || '';
      cell.append(box, swatch, link);
    }
    const [box, swatch] = cell.children, on = ticked.has(run.id);
    box.checked = on;
    box.disabled = !on && ticked.size >= MOST_TICKED;
    swatch.style.background = on ? `var(${dl.charts.colorOf(ticked.get(run.id))})` : 'transparent';
  }

  function fillStatus(cell, run) {
    if (cell.textContent !== run.status) cell.replaceChildren(element('span', run.status, known(run.status)));
    cell.title = run.problems.join('\n');
  }

  /** As a class, which only known names may be. */
  const known = status => ['completed', 'early-stopped', 'time-limit', 'interrupted', 'diverged', 'running', 'stopping', 'damaged']
    .includes(status) ? status : '';

  function fillProgress(cell, run) {
    if (!cell.firstChild) {
      const bar = element('progress');
      bar.max = 1;
      bar.setAttribute('aria-label', 'progress of ' + run.id);
      cell.append(bar, element('span'));
    }
    const [bar, text] = cell.children, words = run.epoch + (run.epochs ? ' / ' + run.epochs : '');
    bar.hidden = !run.live;
    if (isNumber(run.progress)) bar.value = run.progress; else bar.removeAttribute('value');
    if (text.textContent !== words) text.textContent = words;
  }

  function matches(run) {
    const words = byId('filter').value.toLowerCase().split(/\s+/).filter(Boolean), status = byId('status').value;
    const text = [run.id, run.name, run.model, run.data, run.status, 'seed ' + run.seed].join(' ').toLowerCase();
    return words.every(word => text.includes(word)) && (!status || run.status === status);
  }

  /** Options of a choice that grows; what was chosen stays so. */
  function offer(select, values, label) {
    const there = new Set([...select.options].map(option => option.value));
    for (const value of values) {
      if (there.has(value)) continue;
      const option = element('option', label(value));
      option.value = value;
      select.append(option);
    }
  }

  function draw() {
    const names = [...new Set(runs.flatMap(run => Object.keys(run.metrics)))].filter(name => name.includes('.'));
    names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'));
    const before = metric();
    offer(byId('metric'), names, heading);
    offer(byId('status'), [...new Set(runs.map(run => run.status))].sort(), value => value);
    if (!list || metric() !== before) makeList();
    const matching = runs.filter(matches);
    list.show(matching);
    const live = runs.filter(run => run.live).length;
    byId('counted').textContent = matching.length === runs.length
      ? runs.length + (runs.length === 1 ? ' run' : ' runs') + (live ? ', ' + live + ' running' : '')
      : matching.length + ' of ' + runs.length + ' runs';
    byId('nothing').hidden = matching.length > 0;
    byId('nothing').textContent = runs.length === 0
      ? 'No runs here yet: ./dl train configs/quickstart.yaml begins one, and it appears here.' : 'No run matches.';
  }

  /** What runs are judged by comes first. */
  const rank = name => ['validation.accuracy', 'validation.loss', 'test.accuracy', 'test.loss'].indexOf(name) + 1 || (name.startsWith('validation') ? 5 : 6);

  function makeList(sort = 'Changed', descending = true) {
    const holder = byId('list').querySelector('.scroll');
    list = sortableTable(columns(), { className: 'wide', key: run => run.id, sort, descending });
    holder.replaceChildren(list.node);
  }

  function chooseFirst() {
    if (chosenByUser) return;
    const wanted = [...runs].sort((a, b) => b.live - a.live || b.changedMillis - a.changedMillis).slice(0, FIRST_TICKED).map(run => run.id);
    if (wanted.length === ticked.size && wanted.every(id => ticked.has(id))) return;
    ticked.clear();
    wanted.sort().forEach((id, index) => ticked.set(id, index));
  }

  // ---- Curves of several runs. ----

  function place(line, lines) {
    const against = byId('against').value;
    if (against === 'step') return line.step;
    const ends = lines.filter(other => other.kind === 'epoch' && isNumber(other.epoch) && isNumber(other.step) && other.epoch > 0);
    if (against === 'epoch') return line.kind === 'epoch' ? line.epoch : ends.length ? line.step / (ends[0].step / ends[0].epoch) : null;
    return line.kind !== 'epoch' ? null
      : ends.filter(other => other.epoch <= line.epoch).reduce((sum, other) => sum + (isNumber(other.seconds) ? other.seconds : 0), 0);
  }

  function overlayChart(name, kind) {
    const against = byId('against').value;
    const lines = [...ticked].map(([id, index]) => {
      const all = (metrics.get(id) || { lines: [] }).lines;
      const of = all.filter(line => line.kind === kind && isNumber(line[name]));
      const points = of.map(line => [place(line, all), line[name]]).filter(([x]) => isNumber(x)).sort((a, b) => a[0] - b[0]);
      return { label: id, color: dl.charts.colorOf(index), dash: index >= 10 ? [6, 4] : undefined, points };
    }).filter(line => line.points.length > 0);
    return { title: heading(name), x: against, xWhole: against !== 'time', xFormat: against === 'time' ? duration : against === 'epoch' ? x => isNumber(x) ? String(+x.toFixed(2)) : x : String,
      format: formatOf(name), tick: tickOf(name), lines };
  }

  function overlay() {
    byId('overlay').hidden = runs.length === 0;
    const inTime = byId('against').value === 'time';
    const charts = [metric() && !metric().startsWith('test.') ? overlayChart(metric(), 'epoch') : null,
      overlayChart('train.loss', inTime ? 'epoch' : 'step')].filter(chart => chart && chart.lines.length > 0);
    byId('ticked').textContent = ticked.size === 0 ? 'Tick runs above to see their curves.'
      : ticked.size + ' ticked' + (ticked.size >= MOST_TICKED ? ', the most that can be told apart' : '');
    dl.charts.show(byId('overlay').querySelector('.charts'), charts);
  }

  // ---- One run. ----

  function showRun(detail, lines) {
    const { row, summary } = detail;
    byId('name').textContent = row.id;
    document.title = row.id + ' · dl';
    byId('subtitle').textContent = [row.model, row.data && 'on ' + row.data, row.seed && 'seed ' + row.seed,
      isNumber(row.parameters) && number(row.parameters, 0) + ' parameters', summary.backend].filter(Boolean).join(' · ');
    const names = Object.keys(row.metrics).filter(name => /^(validation|test)\./.test(name)).sort((a, b) => rank(a) - rank(b)).slice(0, 4);
    dl.tiles(byId('tiles'), [['Status', row.status, known(row.status)],
      ['Epoch', row.epoch + (row.epochs ? ' / ' + row.epochs : '')],
      ...names.map(name => [heading(name), formatOf(name)(row.metrics[name])]),
      ['Samples/s', number(row.samplesPerSecond, 0)], ['Time', duration(row.seconds)]]);
    byId('going').hidden = !row.live;
    if (isNumber(row.progress)) byId('bar').value = row.progress; else byId('bar').removeAttribute('value');
    byId('left').textContent = [isNumber(row.progress) ? percent(row.progress) : null, isNumber(row.step) && 'step ' + number(row.step, 0),
      isNumber(row.secondsLeft) && 'about ' + duration(row.secondsLeft) + ' left'].filter(Boolean).join(' · ');
    byId('stop').disabled = row.status === 'stopping';
    byId('stop').textContent = row.status === 'stopping' ? 'Stopping …' : 'Stop and save …';
    byId('problems').hidden = row.problems.length === 0;
    byId('problems').querySelector('ul').replaceChildren(...row.problems.map(problem => element('li', problem)));
    const charts = dl.curves.charts(lines);
    byId('curves').hidden = charts.length === 0;
    dl.charts.show(byId('curves').querySelector('.charts'), charts);
    samples(detail);
    fill('epochs', dl.curves.epochs(lines, (summary.best || {}).epoch));
    fill('provenance', Object.keys(detail.provenance).length ? dl.facts(detail.provenance) : null);
    text('spec', detail.spec);
    text('log', detail.log);
    const report = byId('report');
    if (report) report.remove();
    if (detail.report) {
      const link = element('a', 'Its report, with classes and mistakes');
      link.id = 'report';
      link.href = '/report?' + new URLSearchParams({ run: row.id });
      byId('one').querySelector('.back').append(link);
    }
  }

  function fill(id, node) {
    byId(id).hidden = !node;
    byId(id).querySelector('.scroll').replaceChildren(...(node ? [node] : []));
  }

  /** The end of a text that grows stays in sight, unless somebody scrolled away from it. */
  function text(id, content) {
    const pre = byId(id).querySelector('pre'), atEnd = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 4;
    byId(id).hidden = !content;
    if (pre.textContent === content) return;
    pre.textContent = content;
    if (atEnd) pre.scrollTop = pre.scrollHeight;
  }

  /** Loaded once each: samples are written once. */
  function samples({ row, samples: names }) {
    const holder = byId('samples').querySelector('.samples');
    byId('samples').hidden = names.length === 0;
    if (holder.dataset.run !== row.id) {
      holder.replaceChildren();
      holder.dataset.run = row.id;
    }
    for (const name of names) {
      if ([...holder.children].some(child => child.dataset.name === name)) continue;
      const figure = element('figure'), address = '/api/sample?' + new URLSearchParams({ run: row.id, name });
      figure.dataset.name = name;
      if (name.endsWith('.png')) {
        const image = element('img');
        image.src = address;
        image.alt = 'samples of ' + name;
        figure.append(image);
      } else {
        const pre = element('pre', '…');
        figure.append(pre);
        fetch(address).then(response => response.text()).then(content => { pre.textContent = content; }, () => {});
      }
      figure.append(element('figcaption', name));
      holder.append(figure);
    }
  }

  async function stop() {
    const run = shown, dialog = byId('confirm');
    byId('question').textContent = 'Stop ' + run + '?';
    byId('resume').textContent = './dl train --resume --run ' + dl.data.folder + (run === '.' ? '' : '/' + run);
    dialog.returnValue = 'no';
    dialog.showModal();
    await new Promise(done => dialog.addEventListener('close', done, { once: true }));
    if (dialog.returnValue !== 'yes') return;
    try {
      await ask('/api/stop', { run }, { method: 'POST', headers: { 'X-Dl-Token': dl.data.token } });
    } catch (refused) {
      trouble('Not stopped: ' + refused.message);
      return;
    }
    shownChange = null;
    await look();
  }

  // ---- The loop. ----

  function trouble(text) {
    byId('trouble').hidden = !text;
    byId('trouble').textContent = text || '';
  }

  function route() {
    const match = /^#run=(.*)$/.exec(location.hash);
    let run = null;
    try {
      run = match ? decodeURIComponent(match[1]) : null;
    } catch (malformed) {
      run = null;
    }
    if (run !== shown) shownChange = null;
    shown = run;
    byId('all').hidden = shown !== null;
    byId('one').hidden = shown === null;
    if (shown === null) {
      document.title = 'Runs · dl';
      byId('name').textContent = 'Runs';
      byId('subtitle').textContent = dl.data.folder;
    }
  }

  async function lookAtRun() {
    const row = runs.find(run => run.id === shown), change = row && [row.changedMillis, row.status, row.step].join();
    if (!row) {
      trouble('There is no run ' + shown + ' any more.');
      return;
    }
    if (change === shownChange && !row.live) return;
    const id = shown, detail = await (await ask('/api/run', { run: id })).json(), lines = await follow(id);
    if (id === shown) {
      shownChange = change;
      showRun(detail, lines);
    }
  }

  async function lookAtAll() {
    chooseFirst();
    draw();
    const live = new Set(runs.filter(run => run.live).map(run => run.id));
    for (const id of ticked.keys()) {
      if (!runs.some(run => run.id === id)) ticked.delete(id);
      else if (live.has(id) || !metrics.has(id)) await follow(id);
    }
    overlay();
  }

  /** One look at a time: two would both read on from the same place. */
  let looking = Promise.resolve();
  function look() {
    looking = looking.then(lookOnce);
    return looking;
  }

  async function lookOnce() {
    try {
      const answer = await (await ask('/api/runs', {})).json();
      runs = answer.runs;
      trouble(answer.more ? 'There are more runs than the first ' + runs.length + ' shown here.' : '');
      await (shown === null ? lookAtAll() : lookAtRun());
    } catch (failure) {
      trouble(failure instanceof TypeError ? 'No answer; is ./dl watch still running? Trying again.' : failure.message);
    }
  }

  async function forever() {
    await look();
    setTimeout(forever, document.hidden ? HIDDEN_MILLISECONDS : EVERY_MILLISECONDS);
  }

  byId('filter').addEventListener('input', draw);
  byId('status').addEventListener('change', draw);
  byId('metric').addEventListener('change', () => {
    makeList(heading(metric()), !isSmallerBetter(metric()));
    draw();
    overlay();
  });
  byId('against').addEventListener('change', overlay);
  byId('none').addEventListener('click', () => { chosenByUser = true; ticked.clear(); draw(); overlay(); });
  byId('stop').addEventListener('click', stop);
  addEventListener('hashchange', () => { route(); look(); scrollTo(0, 0); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
  route();
  forever();
})();
