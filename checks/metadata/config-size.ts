import { mapAt } from '../at';
import type { Check } from '../check';
import { lookup } from '../lookup';

const MAX_BYTES = 1024 * 1024;

/** ConfigMaps and Secrets fit into etcd. */
export const configSize: Check = {
  id: 'config-size',
  title: 'Every ConfigMap and Secret has at most 1 MiB.',
  severity: 'error',
  why: 'The API server refuses the object.',
  mend: 'Split it, or load the data from a bucket or an image.',
  *run(objects) {
    const all = lookup(objects);
    for (const subject of [...all.all('', 'ConfigMap'), ...all.all('', 'Secret')]) {
      const { data, binaryData, stringData } = subject.object;
      const encoded = subject.object.kind === 'Secret' ? [data] : [binaryData];
      const plain = subject.object.kind === 'Secret' ? [stringData] : [data];
      const bytes = size(encoded, 'base64') + size(plain, 'utf8');
      if (bytes > MAX_BYTES) yield { subject, message: `the values have ${bytes} bytes; expected at most ${MAX_BYTES}` };
    }
  },
};

function size(maps: readonly unknown[], encoding: 'utf8' | 'base64'): number {
  const values = maps.flatMap((map) => Object.values(mapAt(map)));
  return values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? Buffer.byteLength(value, encoding) : 0), 0);
}
