/**
 * Charts on uPlot. They follow the colours of the page and its width, and are read with the mouse or with the keyboard: the
 * arrow keys move the cursor, Enter on a name of the legend hides its line.
 */
dl.charts = (() => {
  const { element, short } = dl;
  const drawn = new Set();

  const style = () => getComputedStyle(document.documentElement);
  const resolve = color => color.startsWith('--') ? style().getPropertyValue(color).trim() : color;
  /** The colour of the candidate or run of this number. */
  const colorOf = index => '--c' + (index % 10);

  const log10 = { distr: 3, log: 10 };
  const WHOLE = [1, 2, 5].map(first => [0, 1, 2, 3, 4, 5, 6, 7, 8].map(power => first * 10 ** power)).flat().sort((a, b) => a - b);

  /** 1, 2, 5, 10 and so on between two values of a logarithmic axis. */
  function logSplits(low, high) {
    const splits = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      splits.push(...[1, 2, 5].map(first => first * 10 ** power).filter(value => value >= low && value <= high));
    }
    return splits;
  }

  /** Lines as uPlot takes them: a line with a band brings two more, its edges. */
  function seriesOf(spec, hidden) {
    const columns = [], series = [{ label: spec.x || 'step', value: (self, value) => (spec.xFormat || String)(value ?? '–') }];
    const bands = [];
    for (const line of spec.lines) {
      const stroke = resolve(line.color), shown = !hidden.has(line.label);
      if (line.band) {
        const edge = { stroke: 'transparent', points: { show: false }, class: 'edge', label: line.label, spanGaps: true, show: shown };
        bands.push({ series: [series.length + 1, series.length], fill: faint(stroke) });
        columns.push([line.band.map(p => p[0]), line.band.map(p => p[1])], [line.band.map(p => p[0]), line.band.map(p => p[2])]);
        series.push(edge, { ...edge });
      }
      columns.push([line.points.map(p => p[0]), line.points.map(p => p[1])]);
      series.push({
        label: line.label, stroke, show: shown, width: line.faint ? 1 : 2, alpha: line.faint ? 0.45 : 1, spanGaps: true,
        dash: line.dash, paths: line.dots ? () => null : line.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
        points: { show: !!line.dots || !line.faint && line.points.length < 60, size: line.dots ? 9 : 5, fill: line.dots ? stroke : undefined },
        value: (self, value) => value === null || value === undefined ? '–' : (spec.format || short)(value),
      });
    }
    return { data: columns.length ? uPlot.join(columns) : [[]], series, bands };
  }

  function faint(color) {
    const context = document.createElement('canvas').getContext('2d');
    context.fillStyle = color;
    const hex = context.fillStyle;
    return hex.startsWith('#') ? hex + '2e' : 'transparent';
  }

  /** Names beside points, and bars of their intervals. */
  function annotate(plot, spec, hidden) {
    const context = plot.ctx, ratio = devicePixelRatio || 1;
    context.save();
    context.font = `${11.5 * ratio}px system-ui, sans-serif`;
    for (const mark of spec.marks || []) {
      if (hidden.has(mark.text)) continue;
      const x = plot.valToPos(mark.x, 'x', true), y = plot.valToPos(mark.y, 'y', true);
      if (mark.low !== undefined) {
        const low = plot.valToPos(mark.low, 'y', true), high = plot.valToPos(mark.high, 'y', true);
        context.strokeStyle = resolve(mark.color);
        context.lineWidth = 1.5 * ratio;
        context.beginPath();
        context.moveTo(x, low);
        context.lineTo(x, high);
        context.stroke();
      }
      const left = x + 9 * ratio + context.measureText(mark.text).width > plot.bbox.left + plot.bbox.width;
      context.textAlign = left ? 'right' : 'left';
      context.fillStyle = resolve('--text');
      context.fillText(mark.text, x + (left ? -9 : 9) * ratio, y - 6 * ratio);
    }
    context.restore();
  }

  function draw(chart) {
    const { spec, box, hidden } = chart;
    const { data, series, bands } = seriesOf(spec, hidden);
    const axis = { stroke: resolve('--muted'), grid: { stroke: resolve('--grid'), width: 1 }, ticks: { stroke: resolve('--grid') } };
    const widest = values => values ? 26 + 6.6 * Math.max(3, ...values.map(value => String(value ?? '').length)) : 50;
    const ticks = format => (self, splits) => splits.map(value => value === null ? '' : (format || short)(value));
    chart.plot = new uPlot({
      width: Math.max(120, box.clientWidth), height: spec.height || 250,
      scales: {
        x: { time: false, ...(spec.xLog ? log10 : {}), ...(spec.xRange ? { range: () => spec.xRange } : {}) },
        y: { ...(spec.log ? log10 : {}), ...(spec.range ? { range: () => spec.range } : {}) },
      },
      axes: [
        { ...axis, ...(spec.xWhole ? { incrs: WHOLE } : {}), ...(spec.xLog ? { splits: (self, at, low, high) => logSplits(low, high), filter: (self, splits) => splits } : {}), ...(spec.xLabel ? { label: spec.xLabel, labelSize: 22, labelFont: '12px system-ui' } : {}), values: ticks(spec.xTick || spec.xFormat || String) },
        { ...axis, size: (self, values) => widest(values), values: ticks(spec.tick) }],
      series, bands, legend: { live: !spec.still },
      hooks: {
        draw: [plot => annotate(plot, spec, hidden)],
        setSeries: [(plot, index, options) => remember(chart, index, options)],
      },
    }, data, box);
    chart.shape = shapeOf(spec);
    plotLegend(chart);
  }

  /** What is drawn with it follows a line that is hidden, and stays so when the chart is drawn anew. */
  function remember(chart, index, options) {
    if (index === null || !('show' in options)) return;
    const { label } = chart.plot.series[index];
    if (chart.hidden.has(label) === !options.show) return;
    if (options.show) chart.hidden.delete(label); else chart.hidden.add(label);
    chart.plot.series.forEach((series, at) => {
      if (at > 0 && at !== index && series.label === label) chart.plot.setSeries(at, { show: options.show });
    });
    chart.plot.redraw(false);
    plotLegend(chart);
  }

  function plotLegend({ box, plot, hidden, spec }) {
    box.querySelectorAll('.u-legend .u-series').forEach((row, place) => {
      const label = row.querySelector('th'), index = spec.still ? place + 1 : place; // without values, no row of the x-axis
      if (index === 0 || !label) return;
      label.setAttribute('aria-pressed', String(!hidden.has(plot.series[index].label)));
      if (label.tabIndex === 0) return;
      label.tabIndex = 0;
      label.setAttribute('role', 'button');
      label.addEventListener('keydown', event => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          label.click();
        }
      });
    });
  }

  function moveCursor(chart, event) {
    const { plot } = chart, steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };
    if (event.target !== chart.node || !plot || plot.data[0].length === 0) return;
    const last = plot.data[0].length - 1, at = plot.cursor.idx ?? -1;
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? last : event.key in steps ? at + steps[event.key] : null;
    if (next === null) return;
    event.preventDefault();
    const x = plot.data[0][Math.max(0, Math.min(last, next))];
    plot.setCursor({ left: plot.valToPos(x, 'x'), top: plot.over.clientHeight / 2 });
  }

  const shapeOf = spec => JSON.stringify([spec.title, spec.x, spec.xWhole, spec.log, spec.xLog, spec.xLabel, spec.range, spec.xRange,
    spec.lines.map(line => [line.label, line.color, line.dots, !!line.band, !line.dots && !line.faint && line.points.length < 60])]);

  function redraw(chart) {
    if (chart.plot) chart.plot.destroy();
    chart.plot = null;
    draw(chart);
  }

  function update(chart, spec) {
    chart.spec = spec;
    if (!chart.plot || chart.shape !== shapeOf(spec) || spec.marks) return redraw(chart);
    const { plot } = chart, xs = plot.data[0], { min, max } = plot.scales.x;
    const zoomed = xs.length > 0 && (min > xs[0] || max < xs[xs.length - 1]);
    plot.setData(seriesOf(spec, chart.hidden).data, !zoomed);
  }

  /** Shows these charts in the holder, and none other; one that is there already, by its title, gets the new lines. */
  function show(holder, specs) {
    const there = new Map([...drawn].filter(chart => chart.holder === holder).map(chart => [chart.spec.title, chart]));
    const charts = specs.map(spec => {
      const chart = there.get(spec.title) || make(holder, spec);
      there.delete(spec.title);
      return chart;
    });
    for (const chart of there.values()) {
      if (chart.plot) chart.plot.destroy();
      chart.node.remove();
      drawn.delete(chart);
    }
    charts.forEach((chart, index) => {
      if (holder.children[index] !== chart.node) holder.insertBefore(chart.node, holder.children[index] || null);
    });
    // All boxes stand before the first is measured: each takes its share of the row.
    charts.forEach((chart, index) => update(chart, specs[index]));
    return charts;
  }

  function make(holder, spec) {
    const node = element('div', null, 'chart'), box = element('div');
    const chart = { holder, spec, node, box, hidden: new Set(), plot: null };
    node.tabIndex = 0;
    node.setAttribute('role', 'group');
    node.setAttribute('aria-label', spec.title + ', a chart; arrow keys move its cursor');
    node.addEventListener('keydown', event => moveCursor(chart, event));
    node.append(element('h3', spec.title), box);
    drawn.add(chart);
    return chart;
  }

  let width = innerWidth;
  const redrawAll = () => drawn.forEach(chart => { if (chart.box.clientWidth) redraw(chart); });
  addEventListener('resize', () => {
    if (innerWidth !== width) {
      width = innerWidth;
      redrawAll();
    }
  });
  for (const query of ['(prefers-color-scheme: dark)', 'print']) {
    matchMedia(query).addEventListener('change', redrawAll);
  }

  return { show, colorOf, plots: () => [...drawn] };
})();
