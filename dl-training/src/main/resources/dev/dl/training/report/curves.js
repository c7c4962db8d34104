/** A run's metrics.jsonl as charts and as a table: thin lines step by step, strong lines epoch by epoch. */
dl.curves = (() => {
  const { number, short, percent, duration, title, heading, formatOf, tickOf, isNumber, table } = dl;
  const FIRST = ['loss', 'accuracy'];
  const MOST_CHARTS = 8;

  function points(metrics, kind, key) {
    return metrics.filter(line => line.kind === kind && isNumber(line[key]) && isNumber(line.step)).map(line => [line.step, line[key]]);
  }

  /** The names of metrics without their split, those that every run has first. */
  function names(metrics) {
    const found = new Set();
    for (const line of metrics) {
      for (const key of Object.keys(line)) {
        const match = /^(train|validation)\.(\w+)$/.exec(key);
        if (match) found.add(match[2]);
      }
    }
    const place = name => FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length;
    return [...found].sort((a, b) => place(a) - place(b) || a.localeCompare(b, 'en'));
  }

  function charts(metrics) {
    const line = (label, kind, key, color, faint) => ({ label, color, faint, points: points(metrics, kind, key) });
    const ofMetric = name => ({
      title: title(name), format: formatOf(name), tick: tickOf(name), lines: [
        line('train, steps', 'step', 'train.' + name, '--train', true),
        line('train', 'epoch', 'train.' + name, '--train'),
        line('validation', 'epoch', 'validation.' + name, '--validation')] });
    return [
      ...names(metrics).slice(0, MOST_CHARTS).map(ofMetric),
      { title: 'Learning rate', format: short, tick: short, lines: [line('learning rate', 'step', 'learningRate', '--train')] },
      { title: 'Gradient norm', format: value => number(value, 3), lines: [line('gradient norm', 'step', 'gradientNorm', '--train')] },
    ].map(chart => ({ ...chart, xWhole: true, lines: chart.lines.filter(one => one.points.length > 0) })).filter(chart => chart.lines.length > 0);
  }

  /** A row an epoch; that of the best one stands out. */
  function epochs(metrics, best) {
    const lines = metrics.filter(line => line.kind === 'epoch');
    if (lines.length === 0) return null;
    const keys = names(lines).flatMap(name => ['train.' + name, 'validation.' + name]).filter(key => lines.some(line => isNumber(line[key])));
    const node = table(['Epoch', ...keys.map(heading), 'Samples/s', 'Data wait', 'Time'],
      lines.map(line => [line.epoch, ...keys.map(key => formatOf(key)(line[key])),
        number(line.samplesPerSecond, 0), percent(line.dataWaitShare), duration(line.seconds)]), 'wide');
    lines.forEach((line, index) => { if (line.epoch === best) node.tBodies[0].rows[index].className = 'best'; });
    return node;
  }

  return { charts, epochs };
})();
