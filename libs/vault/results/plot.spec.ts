// The plot draws the numbers it is given and says what is not drawn.
import type { Lines } from './lines';
import type { Love } from './love';
import { drawPlot } from './plot';
import type { Profile } from './profile';
import type { Series } from './series';

describe('bar plot', () => {
  const bars = [
    { facet: 're74: zero', label: 'treat 0', value: 4926.99 },
    { facet: 're74: zero', label: 'treat 1', value: 6720.32 },
  ];
  const svg = drawPlot({
    kind: 'bars',
    title: 'A & <b>',
    valueLabel: 'mean re78 (dollars)',
    bars,
    notDrawn: 3,
  });

  it('is an SVG document of its own with a title that says what is missing', () => {
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('<title>A &amp; &lt;b&gt; (3 suppressed, not drawn)</title>');
    expect(svg).not.toContain('<script');
  });

  it('never lets a label become markup', () => {
    const hostile = { facet: '</text></svg><script>', label: '"><img src=x onerror=1>', value: 1 };
    const drawn = drawPlot({
      kind: 'bars',
      title: '</title><script>1</script>',
      valueLabel: '<b>&',
      bars: [hostile],
      notDrawn: 0,
    });
    expect(drawn).not.toMatch(/<script|<img|<b>/);
  });

  it('writes each number beside its bar', () => {
    expect(svg).toContain('>4,927<');
    expect(svg).toContain('>6,720<');
    expect(svg.match(/<rect /g)).toHaveLength(2);
  });

  it('says its numbers in words, for who does not see it', () => {
    expect(svg).toContain('re74: zero · treat 0: 4,927, re74: zero · treat 1: 6,720.</desc>');
  });

  it('draws the same plot the same way, and one without bars too', () => {
    expect(
      drawPlot({ kind: 'bars', title: 'A & <b>', valueLabel: 'mean re78 (dollars)', bars, notDrawn: 3 }),
    ).toBe(svg);
    expect(drawPlot({ kind: 'bars', title: 'empty', valueLabel: 'x', bars: [], notDrawn: 2 })).toContain(
      '<svg',
    );
  });
});

describe('love plot', () => {
  const plot: Love = {
    kind: 'love',
    title: 'Balance',
    valueLabel: 'standardised difference of means',
    rows: [
      { label: 'age', before: -0.31, after: 0.05 },
      { label: 'race: black', before: 1.76, after: 1.03 },
      { label: '<img src=x>', after: 0.02 },
    ],
    notDrawn: 1,
  };
  const svg = drawPlot(plot);

  it('tells before from after by shape, and says in words which covariates stay apart', () => {
    expect(svg).toContain('<title>Balance (1 suppressed, not drawn)</title>');
    expect(svg).toContain('after race: black is more than 0.1 apart.</desc>');
    expect(svg).toContain('○ before');
    expect(svg.match(/aria-label="dot"/g)).toHaveLength(2);
  });

  it('draws a dot only where a number is shown', () => {
    const dots = svg
      .split('aria-label="dot"')
      .slice(1)
      .map((part) => (part.split('</g>')[0] ?? '').match(/<(path|circle) /g)?.length);
    expect(dots).toEqual([2, 3]);
  });

  it('never lets a label become markup', () => {
    expect(svg).not.toContain('<img');
  });

  it('draws nothing without rows, and does not fail', () => {
    expect(drawPlot({ ...plot, rows: [] })).toContain('<svg');
  });
});

describe('series with a break', () => {
  const point = (at: number) => ({
    at,
    label: `2014-0${at + 1}`,
    observed: 10 + at,
    fitted: 10 + at,
    expected: at < 4 ? 10 + at : 14,
  });
  const plot: Series = {
    kind: 'series',
    title: 'Contacts',
    valueLabel: 'mean contacts (contacts)',
    timeLabel: 'month',
    points: [0, 1, 3, 4, 5, 6].map(point),
    breakAt: 4,
    notDrawn: 1,
  };
  const svg = drawPlot(plot);

  it('says in words when the change was and what was expected', () => {
    expect(svg).toContain('<title>Contacts (1 suppressed, not drawn)</title>');
    expect(svg).toContain(
      'with a change at 2014-05. In 2014-07 the model fits 16, and expects 14 had nothing changed.</desc>',
    );
  });

  it('leaves a gap where a period is not shown, and draws what was expected after the change only', () => {
    // Fitted: two runs before and one after; expected: one after.
    expect(svg.match(/aria-label="line"/g)).toHaveLength(4);
    expect(svg.match(/<circle /g)).toHaveLength(6);
  });

  it('draws a series of which nothing is shown', () => {
    expect(drawPlot({ ...plot, points: [], notDrawn: 7 })).toContain('no period after the change is shown');
  });
});

describe('profile plot', () => {
  const profile: Profile = {
    kind: 'profile',
    title: 'Clusters & the rest',
    valueLabel: 'difference (standard deviations)',
    points: [
      { group: 'cluster 1', label: 'age', value: -0.5 },
      { group: 'cluster 1', label: 'town: <north>', value: 1.25 },
      { group: 'cluster 2', label: 'age', value: 0.75 },
    ],
    notDrawn: 1,
  };
  const svg = drawPlot(profile);

  it('draws a panel per group, each bar with its number, and says it in words', () => {
    expect(svg).toContain('<title>Clusters &amp; the rest (1 suppressed, not drawn)</title>');
    expect(svg).toContain('cluster 1: age -0.5, town: &lt;north&gt; 1.25. cluster 2: age 0.75.');
    expect(svg.match(/<rect /g)).toHaveLength(3);
    for (const number of ['-0.5', '1.25', '0.75']) expect(svg).toContain(`>${number}<`);
    expect(svg).not.toContain('<north>');
  });

  it('draws the same plot the same way, and one of which nothing is shown', () => {
    expect(drawPlot(profile)).toBe(svg);
    expect(drawPlot({ ...profile, points: [] })).toContain('<svg');
  });
});

describe('lines', () => {
  const points = ['a', 'b'].flatMap((series, at) =>
    [0, 1, 3].map((x) => ({ series, x, y: at + x / 4, low: at, high: at + 1, count: 40 + x })),
  );
  const lines: Lines = {
    ...{ kind: 'lines', title: 'Rates', xLabel: 'month', yLabel: 'rate', shape: 'line' },
    ...{ ticks: ['May', 'June', 'July', 'August'], diagonal: false, points, notDrawn: 2 },
  };
  const svg = drawPlot(lines);

  it('tells lines apart without colour, and prints the people below', () => {
    expect(new Set(svg.match(/stroke-dasharray="[^"]*"/g)).size).toBeGreaterThan(1);
    for (const text of ['>a<', '>b<', '>May<', '>August<', '>people<', '>43<']) expect(svg).toContain(text);
    expect(svg).toContain('<title>Rates (2 suppressed, not drawn)</title>');
    expect(svg).toContain('rate by month. a: May: 0, June: 0.25, August: 0.75.');
  });

  it('DOMAIN § 5: breaks a line where a period is hidden', () => {
    const moves = (of: Lines) => (drawPlot(of).match(/ d="[^"]*"/g) ?? []).join('').split('M').length;
    const whole = points.map((point) => ({ ...point, x: Math.min(point.x, 2) }));
    expect(moves(lines)).toBeGreaterThan(moves({ ...lines, points: whole }));
  });

  it('draws steps, a diagonal, numbers as x, and nothing at all', () => {
    const { ticks: _ticks, ...numbers } = lines;
    expect(drawPlot({ ...numbers, shape: 'steps', diagonal: true })).toContain('<svg');
    expect(drawPlot({ ...lines, points: [] })).toContain('<svg');
    expect(drawPlot(lines)).toBe(svg);
    const rules = (of: Lines) => drawPlot(of).split('aria-label="rule"').length;
    expect(rules({ ...lines, zero: true })).toBe(rules(lines) + 1);
  });
});
