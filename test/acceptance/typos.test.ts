import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyOfProject, put } from './project';

const slow = process.env.SLOW === '1';

const MISTAKES = `
import { authorworks } from './apps/authorworks';
import type { Overlay } from './charts/workload/platform';
export const field: Overlay<typeof authorworks> = { gateway: { replicas: 3 } };
export const port = () => [authorworks.workloads.userService.on('htp')];
`;

// By default `npm run typecheck` proves the same and more, through test/types.
it.skipIf(!slow)(
  'tsc names file, line and word of a misspelt field and port (SLOW=1: five seconds of compiling)',
  async () => {
    const root = copyOfProject({ dist: false });
    put(root, 'mistakes.ts', MISTAKES);
    put(root, 'tsconfig.mistakes.json', JSON.stringify({ extends: './tsconfig.json', include: ['mistakes.ts'] }));
    const { code, text } = await new Promise<{ code: unknown; text: string }>((done) => {
      const args = [join(root, 'node_modules/typescript/bin/tsc'), '--project', 'tsconfig.mistakes.json'];
      execFile(process.execPath, args, { cwd: root }, (error, stdout) => done({ code: error?.code, text: stdout }));
    });
    expect(code).toBe(2);
    expect(text).toMatch(/^mistakes\.ts\(4,\d+\): error .*'replicas' does not exist/m);
    expect(text).toMatch(/^mistakes\.ts\(5,\d+\): error .*'"htp"' is not assignable to parameter of type '("\w+"( \| )?)+'/m);
  },
  120_000,
);
