import { describe, expect, test } from 'vitest';
import { timed } from '../../bench/timed';

const node = (program: string, timeout = 60) => timed([process.execPath, '--eval', program], { cwd: __dirname, timeout });

describe('a command that is timed', () => {
  test('tells its exit code, its errors, and the CPU time of what it started', async () => {
    const result = await node(
      "console.log('0m9s 0m9s'); console.error('no'); const end = Date.now() + 300; while (Date.now() < end); process.exit(3)",
    );
    expect(result).toMatchObject({ code: 3, errors: 'no\n' });
    expect(result?.user).toBeGreaterThan(0.1);
    expect(result?.user).toBeLessThan(9);
    expect(result?.wall).toBeGreaterThan(0.3);
  });

  test('is stopped after its time, with what it started', async () => {
    expect(await node('setInterval(() => {}, 1000)', 0.5)).toBeUndefined();
  });

  test('that does not exist says so', async () => {
    expect(await timed(['./no-such-program'], { cwd: __dirname, timeout: 60 })).toMatchObject({ code: 127 });
  });
});
