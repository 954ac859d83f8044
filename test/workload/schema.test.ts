import { expect, test } from 'vitest';
import { hasSchemas, validate } from './schema';

// Every object that the tests beside this one render passes through `validate`; this says whether it looks.
test.skipIf(!hasSchemas)('rendered objects are held against the schemas of Kubernetes 1.28 (skipped where ../shared is absent)', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' }, spec: { ports: [{ port: 80 }] } };
  expect(() => validate(service)).not.toThrow();
  expect(() => validate({ ...service, spec: { ports: [{ port: '80' }] } } as never)).toThrow(
    /Service api is not what Kubernetes 1.28 takes/,
  );
  expect(() => validate({ ...service, spce: {} } as never)).toThrow(/spce/);
  expect(() => validate({ ...service, apiVersion: 'v2' })).toThrow(/does not serve v2\/Service/);
});
