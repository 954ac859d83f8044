import { expect, test } from 'vitest';
import { cli } from '../../checks/cli';
import { folder } from './folder';

/** Places in which a credential may stand in clear, each with one that must not be shown; the number is one that YAML reads as a number. */
const LEAKS = `apiVersion: v1
kind: Secret
metadata: { name: database, namespace: shop }
stringData: { password: hunter2-AKIAIOSFODNN7HUNTER2, pin: 48151623, url: 'postgres://root:hunter2@db/shop' }
data: { token: aHVudGVyMg==, broken: 'hunter2 is no base64' }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { password: hunter2, dsn: 'postgres://root:hunter2@db/shop', key: "-----BEGIN RSA PRIVATE KEY-----\\nhunter2\\n-----END RSA PRIVATE KEY-----", pin: 48151623 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    spec:
      containers:
        - name: web
          image: example.com/web:1.0.0
          args: ['--password=hunter2', 'postgres://root:hunter2@db/shop']
          env:
            - { name: DATABASE_PASSWORD, value: hunter2 }
            - { name: PIN, value: 48151623 }
            - { name: TOKEN, value: [hunter2] }
            - { name: BOTH, value: hunter2, valueFrom: { secretKeyRef: { name: gone, key: x } } }
            - { name: DSN, value: 'postgres://root:hunter2@db/$(MISSING)' }
---
stringData: { password: hunter2, password: hunter2 }
`;

test.each(['text', 'json', 'sarif'])('no finding shows a credential, in %s', (format) => {
  const { stdout, exitCode } = cli([folder({ 'a.yaml': LEAKS }), '--format', format]);
  expect(exitCode).toBe(1);
  for (const check of ['unparsable-yaml', 'secret-data', 'credential-by-name', 'config-value-string', 'env-value-string'])
    expect(stdout).toContain(check);
  for (const value of ['hunter2', 'HUNTER2', '48151623', 'aHVudGVyMg']) expect(stdout).not.toContain(value);
});
