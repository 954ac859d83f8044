import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { applicationHealthScript } from '../../charts/gitops/health';

/** A Lua 5.1 interpreter, as Argo CD's; the tests are skipped where none is installed. */
const lua = ['lua5.1', 'luajit', 'lua'].find((command) => spawnSync(command, ['-v']).status === 0);

const automated = { syncPolicy: { automated: { prune: true } } };
const manual = { syncPolicy: { syncOptions: [] } };
const status = (phase: string, health?: string) => ({ operationState: { phase, message: 'told' }, health: { status: health } });

describe.skipIf(lua === undefined)('health of an Application (needs a Lua 5.1 interpreter)', () => {
  test.each<[string, object, string]>([
    ['just created', { spec: automated }, 'Progressing'],
    ['without sync policy', { spec: {} }, 'Suspended'],
    [
      'Healthy before its first sync: only objects without health',
      { spec: automated, status: { health: { status: 'Healthy' } } },
      'Progressing',
    ],
    ['first sync running', { spec: automated, status: status('Running', 'Healthy') }, 'Progressing'],
    ['sync being terminated', { spec: automated, status: status('Terminating', 'Healthy') }, 'Progressing'],
    ['synced, pods still starting', { spec: automated, status: status('Succeeded', 'Progressing') }, 'Progressing'],
    ['synced, health not known yet', { spec: automated, status: { operationState: { phase: 'Succeeded' } } }, 'Progressing'],
    ['synced, health unknown', { spec: automated, status: status('Succeeded', 'Unknown') }, 'Progressing'],
    ['synced and healthy', { spec: automated, status: status('Succeeded', 'Healthy') }, 'Healthy'],
    ['synced and degraded', { spec: automated, status: status('Succeeded', 'Degraded') }, 'Degraded'],
    ['synced, then something was deleted', { spec: automated, status: status('Succeeded', 'Missing') }, 'Missing'],
    ['healthy of old, but the last sync failed', { spec: automated, status: status('Failed', 'Healthy') }, 'Degraded'],
    ['last sync in error', { spec: automated, status: { operationState: { phase: 'Error' } } }, 'Degraded'],
    ['manual, nobody synced it', { spec: manual, status: { health: { status: 'Missing' } } }, 'Suspended'],
    ['manual, somebody just asked for a sync', { spec: manual, operation: { sync: {} } }, 'Progressing'],
    ['automated, but switched off', { spec: { syncPolicy: { automated: { enabled: false } } } }, 'Suspended'],
    [
      'manual, synced, out of sync again',
      { spec: manual, status: { ...status('Succeeded', 'Healthy'), sync: { status: 'OutOfSync' } } },
      'Healthy',
    ],
  ])('%s', (_, application, expected) => {
    const program = `obj = ${luaOf(application)}\nlocal r = (function()\n${applicationHealthScript}end)()\nio.write(r.status, "|", type(r.message))`;
    const { stdout, stderr } = spawnSync(lua ?? 'lua', ['-'], { input: program, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe(`${expected}|string`);
  });
});

/** A value of JSON as a Lua literal. */
function luaOf(value: unknown): string {
  if (value === undefined) return 'nil';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, member]) => `[${JSON.stringify(key)}]=${luaOf(member)}`)}}`;
}
