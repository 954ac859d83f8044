import { describe, expect, test } from 'vitest';
import { mapOf } from '../../../report/graph/build';
import { escapeHtml, scriptJson } from '../../../report/graph/html';
import type { FleetMap, MapNode } from '../../../report/graph/model';
import { indexOf, pageOf, summaryOf } from '../../../report/graph/page';
import { shop } from './cluster';

const assets = { css: 'body { color: red; }\n', js: 'void 0;' };
const map = mapOf('shop', shop.objects, shop.facts);

describe('a page', () => {
  const page = pageOf(map, assets);

  test('asks nobody for anything', () => {
    expect(page.match(/\b(?:src|href)="[^"]*"/g) ?? []).toEqual([]);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-`);
    expect(page).not.toMatch(/@import|url\((?!#)/);
  });

  test('carries what its script needs, as JSON', () => {
    const text = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    const data = JSON.parse(text) as { readonly nodes: readonly { readonly id: string }[]; readonly edges: readonly unknown[] };
    expect(data.nodes.map(({ id }) => id)).toEqual(map.nodes.map(({ id }) => id));
    expect(data.edges).toHaveLength(map.edges.length);
  });

  test('has a box that can be focused for every node, and a line and a row for every edge', () => {
    expect(page.match(/<g class="node [^>]*tabindex="0"/g)).toHaveLength(map.nodes.length);
    expect(page.match(/<path class="edge /g)).toHaveLength(map.edges.length);
    expect(page.match(/<tr><td>/g)).toHaveLength(map.edges.length);
  });

  test('is the same for the same map', () => {
    expect(pageOf(mapOf('shop', [...shop.objects].reverse(), shop.facts), assets)).toBe(page);
  });
});

test('names of manifests end no element and no attribute', () => {
  const name = `</script><script>alert(1)</script><!-- "onload='x' &`;
  const node: MapNode = { id: name, type: 'workload', name, namespace: name, kind: name, ports: [], notes: [name], common: false };
  const evil: FleetMap = {
    name,
    nodes: [node],
    edges: [{ type: 'call', from: name, to: name, ports: [name], options: [name], policies: { egress: [name], ingress: [name] } }],
  };
  const page = pageOf(evil, assets);
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script/g)).toHaveLength(2);
  expect(page).not.toContain('<!-- ');
  expect(page.replace(/<script.*?<\/script>/gs, '')).not.toMatch(/onload='|"onload/);
  const text = /id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  expect((JSON.parse(text) as { readonly nodes: readonly { readonly name: string }[] }).nodes[0]?.name).toBe(name);
});

test('JSON in a script is the same value again', () => {
  const value = { text: '</script> <!-- & \u2028 \u2029 "', list: [1, null] };
  expect(scriptJson(value)).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(scriptJson(value))).toEqual(value);
});

test('HTML escapes all that has a meaning in it', () => {
  expect(escapeHtml(`<a href="x" id='y'>&`)).toBe('&#60;a href=&#34;x&#34; id=&#39;y&#39;&#62;&#38;');
});

test('the index leads to every cluster and says what it holds', () => {
  const page = indexOf([{ map, href: 'shop/dev.html' }], assets.css);
  expect(page).toContain('<a href="shop/dev.html">shop</a>');
  expect(page).toContain(summaryOf(map));
});

test('a summary counts', () => {
  expect(summaryOf(map)).toBe('12 workloads in 2 namespaces, 35 connections, 2 ways in');
});
