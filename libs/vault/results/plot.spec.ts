// The plot draws the numbers it is given and says what is not drawn.
import { drawBars } from './plot';

describe('bar plot', () => {
  const bars = [
    { facet: 're74: zero', label: 'treat 0', value: 4926.99 },
    { facet: 're74: zero', label: 'treat 1', value: 6720.32 },
  ];
  const svg = drawBars({ title: 'A & <b>', valueLabel: 'mean re78 (dollars)', bars, notDrawn: 3 });

  it('is an SVG document of its own with a title that says what is missing', () => {
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('<title>A &amp; &lt;b&gt; (3 suppressed, not drawn)</title>');
    expect(svg).not.toContain('<script');
  });

  it('never lets a label become markup', () => {
    const hostile = { facet: '</text></svg><script>', label: '"><img src=x onerror=1>', value: 1 };
    const drawn = drawBars({
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

  it('draws the same plot the same way, and one without bars too', () => {
    expect(drawBars({ title: 'A & <b>', valueLabel: 'mean re78 (dollars)', bars, notDrawn: 3 })).toBe(svg);
    expect(drawBars({ title: 'empty', valueLabel: 'x', bars: [], notDrawn: 2 })).toContain('<svg');
  });
});
