/** The report of one run. */
(() => {
  const { byId, element, number, percent, duration, heading, formatOf, table, meter, tiles, show } = dl;
  const run = dl.data;

  function header() {
    const summary = run.summary, best = summary.best || {};
    document.title = run.name + ' · dl';
    byId('name').textContent = run.name;
    byId('subtitle').textContent = [
      summary.parameters && number(summary.parameters, 0) + ' parameters',
      summary.backend && 'on ' + summary.backend,
      best.epoch && 'best epoch ' + best.epoch + ' of ' + summary.epochs,
    ].filter(Boolean).join(' · ');
    const measured = ['validation', 'test'].flatMap(split => {
      const metrics = summary[split] || {};
      const names = 'accuracy' in metrics ? ['accuracy', 'loss'] : Object.keys(metrics).slice(0, 2);
      return names.filter(name => name in metrics)
        .map(name => [heading(split + '.' + name), formatOf(name)(metrics[name])]);
    });
    tiles(byId('tiles'), [['Status', summary.status, summary.status], ...measured,
      ['Samples/s', number(summary.samplesPerSecond, 0)], ['Time', duration(summary.wallSeconds)]]);
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
    byId('confusion').querySelector('.note').textContent =
      split + ' split; rows are labels, columns what they were taken for';
    show('confusion', node);
  }

  function classes({ names, figures }) {
    show('classes', table(['Class', 'Precision', 'Recall', 'F1', 'Samples'], names.map((name, index) => {
      const figure = figures[index];
      return [name, meter(figure.precision), meter(figure.recall), meter(figure.f1), number(figure.samples, 0)];
    }), 'wide'));
  }

  function mistakes() {
    byId('mistakes').hidden = run.mistakes.length === 0;
    for (const mistake of run.mistakes) {
      const figure = element('figure'), caption = element('figcaption');
      caption.append(element('b', mistake.predicted), ' ' + percent(mistake.probability),
        element('div', 'is ' + mistake.label), element('small', mistake.sample));
      figure.append(dl.sample(mistake, mistake.label + ' taken for ' + mistake.predicted), caption);
      byId('mistakes').querySelector('.pictures').append(figure);
    }
  }

  function seen() {
    if (!run.seen) return;
    show('seen', run.seen.png ? dl.sample(run.seen, 'pictures of the first batch with their labels') : element('pre', run.seen.text));
  }

  header();
  const charts = dl.curves.charts(run.metrics);
  byId('curves').hidden = charts.length === 0;
  dl.charts.show(byId('curves').querySelector('.charts'), charts);
  if (run.classes) {
    confusion(run.classes);
    classes(run.classes);
  }
  mistakes();
  seen();
  const epochs = dl.curves.epochs(run.metrics, (run.summary.best || {}).epoch);
  if (epochs) show('epochs', epochs);
  byId('spec').querySelector('pre').textContent = run.spec;
  show('provenance', dl.facts(run.provenance));
})();
