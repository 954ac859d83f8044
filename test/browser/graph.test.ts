import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mapOf } from '../../report/graph/build';
import { cli } from '../../report/graph/cli';
import type { FleetMap } from '../../report/graph/model';
import { pageOf } from '../../report/graph/page';
import { large, sample, shop } from '../report/graph/cluster';
import { findChromium, open, start } from './chromium';

const executable = findChromium();
// In CI a missing browser is a mistake of CI's.
if (executable === undefined && process.env.CI !== undefined) throw new Error('no Chromium on the path, nor in CHROMIUM');

const root = resolve(__dirname, '../..');
const asset = (name: string) => readFileSync(join(root, 'report/graph/page', name), 'utf8');
const hostile = sample([
  { name: '</script><script>document.title="owned"</script>', ports: { http: 1 } },
  { name: '<img src=x onerror=alert(1)>', ports: { http: 1 }, host: '"><b>.example' },
]);
const samples = { shop, large: large(150), hostile };
const maps = Object.fromEntries(Object.entries(samples).map(([name, { objects, facts }]) => [name, mapOf(name, objects, facts)]));
const shopMap = maps.shop as FleetMap;

describe.skipIf(executable === undefined)('pages in a browser', () => {
  const dir = mkdtempSync(join(tmpdir(), 'graph-'));
  let browser: Browser;

  beforeAll(async () => {
    for (const [name, map] of Object.entries(maps)) {
      writeFileSync(join(dir, `${name}.html`), pageOf(map, { css: asset('page.css'), js: asset('page.js') }));
    }
    expect(cli([join(root, 'dist'), '--out', join(dir, 'dist')]).exitCode).toBe(0);
    browser = await start(executable ?? '');
  });
  afterAll(async () => {
    await browser.close();
    rmSync(dir, { recursive: true });
  });

  const pages = [
    'shop.html',
    'large.html',
    'hostile.html',
    'dist/index.html',
    ...['dev', 'staging', 'production'].map((environment) => `dist/authorworks/${environment}.html`),
  ];

  describe.each(pages)('%s', (name) => {
    test.each([375, 1600])('at %d pixels nothing overflows, nothing is complained of, nothing is asked for', async (width) => {
      const { page, complaints } = await open(browser, join(dir, name), { viewport: { width, height: 900 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      if (name !== 'dist/index.html') {
        // The list of a chosen box, too.
        await page.locator('.node').first().focus();
        await page.keyboard.press('Enter');
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
      expect(complaints).toEqual([]);
      expect(await page.title()).not.toBe('owned');
      await page.context().close();
    });

    test('is dark where the reader’s system is, and readable in both', async () => {
      const colours = async (colorScheme: 'light' | 'dark') => {
        const { page } = await open(browser, join(dir, name), { colorScheme });
        const found = await page.evaluate<readonly string[]>(
          '[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]',
        );
        await page.context().close();
        return found.map(luminance);
      };
      const [lightBack = 0, lightText = 0] = await colours('light');
      const [darkBack = 0, darkText = 0] = await colours('dark');
      expect(lightBack).toBeGreaterThan(darkBack);
      for (const [a, b] of [
        [lightBack, lightText],
        [darkText, darkBack],
      ] as const) {
        // The contrast that WCAG 2 asks for at its strictest.
        expect((a + 0.05) / (b + 0.05)).toBeGreaterThan(7);
      }
    });
  });

  describe.each(['shop', 'large'])('%s', (name) => {
    const map = maps[name] as FleetMap;
    let page: Page;
    beforeAll(async () => {
      ({ page } = await open(browser, join(dir, `${name}.html`)));
    });
    afterAll(() => page.context().close());

    const lit = (what: string) =>
      page.evaluate<readonly string[]>(`[...document.querySelectorAll('.node.${what}')].map((each) => each.dataset.id).sort()`);
    const litEdges = (what: string) =>
      page.evaluate<readonly string[]>(
        `[...document.querySelectorAll('.edge.${what}')].map(({ dataset }) => dataset.from + ' > ' + dataset.to).sort()`,
      );
    const hover = (id: string) =>
      page.evaluate(
        `document.querySelectorAll('.node').forEach((each) => each.dataset.id === ${JSON.stringify(id)} && each.dispatchEvent(new PointerEvent('pointerenter')))`,
      );

    test('pointing at a box lights exactly its callers, those that it calls, and the edges between', async () => {
      for (const { id } of map.nodes) {
        await hover(id);
        const others = (from: 'from' | 'to', to: 'from' | 'to') =>
          [...new Set(map.edges.filter((edge) => edge[to] === id && edge[from] !== id).map((edge) => edge[from]))].sort();
        expect(await lit('self')).toEqual([id]);
        expect(await lit('in')).toEqual(others('from', 'to'));
        expect(await lit('out')).toEqual(others('to', 'from'));
        const edges = (end: 'from' | 'to') => map.edges.filter((edge) => edge[end] === id).map(({ from, to }) => `${from} > ${to}`);
        expect(await litEdges('in')).toEqual(edges('to').sort());
        expect(await litEdges('out')).toEqual(edges('from').sort());
      }
    });

    test('search keeps the boxes whose words match, and the rows of their connections', async () => {
      const word = name === 'shop' ? 'coredns' : 'service-04';
      await page.fill('#search', word);
      const matching = map.nodes.filter(({ name: own, ports }) => [own, ...ports.map((port) => port.name)].join(' ').includes(word));
      expect(matching.length).toBeGreaterThan(0);
      expect(await lit('hit')).toEqual(matching.map(({ id }) => id).sort());
      const ids = new Set(matching.map(({ id }) => id));
      const rows = map.edges.filter(
        ({ from, to, ports, policies }) =>
          ids.has(from) || ids.has(to) || [...ports, ...policies.egress, ...policies.ingress].join(' ').includes(word),
      );
      expect(await page.evaluate('document.querySelectorAll("tbody tr:not([hidden])").length')).toBe(rows.length);
      await page.fill('#search', 'no such word');
      expect(await lit('hit')).toEqual([]);
      await page.fill('#search', '');
      expect(await page.evaluate('document.querySelectorAll("tbody tr:not([hidden])").length')).toBe(map.edges.length);
    });
  });

  test('a real pointer lights the box below it, and leaving lets go', async () => {
    const { page } = await open(browser, join(dir, 'shop.html'));
    await page.hover('.node[data-id="shop/orders"]');
    expect(await page.locator('.node.in').count()).toBe(1);
    await page.mouse.move(2, 2);
    expect(await page.locator('svg.lit').count()).toBe(0);
    await page.context().close();
  });

  test('a click keeps a box and lists its connections with ports and policies; a second one lets go', async () => {
    const { page } = await open(browser, join(dir, 'shop.html'));
    await page.click('.node[data-id="shop/orders"]');
    const text = await page.textContent('.panel');
    for (const edge of shopMap.edges.filter(({ from, to }) => from === 'shop/orders' || to === 'shop/orders')) {
      for (const part of [...edge.ports, ...edge.policies.egress, ...edge.policies.ingress]) expect(text).toContain(part);
    }
    await page.mouse.move(2, 2);
    expect(await page.locator('.node.self').getAttribute('data-id')).toBe('shop/orders');
    await page.click('.node[data-id="shop/orders"]');
    expect(await page.locator('.panel').isVisible()).toBe(false);
    await page.context().close();
  });

  test('the keyboard does all of it', async () => {
    const { page } = await open(browser, join(dir, 'shop.html'));
    await page.keyboard.press('/');
    await page.keyboard.type('gateway');
    expect(await page.locator('.node.hit').getAttribute('data-id')).toBe('shop/gateway');
    await page.locator('.node[data-id="shop/gateway"]').focus();
    expect(await page.locator('.node.self').getAttribute('data-id')).toBe('shop/gateway');
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('.node.self').getAttribute('data-id')).toMatch(/^entry /);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await page.locator('.panel h2').textContent()).toMatch(/gateway|admin/);
    expect(await page.locator('.node[aria-pressed="true"]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('.panel').isVisible()).toBe(false);
    await page.context().close();
  });

  test('edges of shared ends are shown on request', async () => {
    const { page } = await open(browser, join(dir, 'shop.html'));
    const display = () => page.evaluate('getComputedStyle(document.querySelector(".edge.common")).display');
    expect(await display()).toBe('none');
    await page.check('#all');
    expect(await display()).toBe('inline');
    await page.context().close();
  });

  test('on paper the whole map is on the page, without the tools', async () => {
    const { page } = await open(browser, join(dir, 'large.html'), { viewport: { width: 1000, height: 700 }, colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tools').isVisible()).toBe(false);
    expect(await page.evaluate('document.querySelector(".map svg").getBoundingClientRect().width <= 1000')).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await page.context().close();
  });

  test('no text of a box runs over its edge', async () => {
    for (const name of ['shop.html', 'dist/authorworks/production.html']) {
      const { page } = await open(browser, join(dir, name));
      const over = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('.node')].flatMap((node) => {
        const box = node.querySelector('rect.box').getBoundingClientRect();
        return [...node.querySelectorAll('text')].filter((text) => text.getBoundingClientRect().right > box.right).map((text) => text.textContent);
      })`);
      expect(over).toEqual([]);
      await page.context().close();
    }
  });
});

/** Relative luminance of `rgb(…)` as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
