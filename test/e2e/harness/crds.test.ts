import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Component, catalogue, releaseFor } from '../../../charts/catalogue';
import { crdsAt, crdsOf } from './crds';
import { LINE_NAMES } from './lines';

// What the harness says of upstream sources, and where they are collected from, follows the catalogue.

const components: readonly Component[] = Object.values(catalogue);
const script = readFileSync(join(__dirname, '../collect-crds.sh'), 'utf8').split('\n');
const ofLine = (component: Component, line: string) => releaseFor(component, { name: line, kubernetes: line });

describe.each(LINE_NAMES)('on line %s', (line) => {
  test.each(components.filter((component) => ofLine(component, line).chart !== undefined))('the chart of $name is known', (component) => {
    const { chart } = ofLine(component, line);
    expect(() => crdsOf({ chart: chart?.name })).not.toThrow();
  });

  test.each(components.filter((component) => ofLine(component, line).crds !== undefined))(
    'definitions of $name are collected',
    (component) => {
      const { crds } = ofLine(component, line);
      if (crds === undefined) throw new Error('none');
      const file = 'url' in crds ? crdsAt(crds.url) : crdsOf({ repoURL: crds.repository, path: crds.path });
      if (file === undefined) return;
      const version = 'url' in crds ? crds.url : crds.tag;
      expect(script.filter((row) => row.startsWith(`${line} ${file} `) && row.includes(version))).toHaveLength(1);
    },
  );
});
