import { expect, it } from 'vitest';
import { findingText } from '../../fleet/finding-text';

const finding = {
  check: 'hpa-bounds',
  severity: 'error',
  source: 'gateway/hpa',
  object: 'HorizontalPodAutoscaler shop/gateway',
  message: 'minReplicas is 9',
  why: 'It is refused.',
  mend: 'Lower it.',
} as const;

it('says where, what, why and how to mend, and which check says so', () => {
  expect(findingText({ ...finding, field: 'spec.minReplicas' })).toBe(
    'gateway/hpa: HorizontalPodAutoscaler shop/gateway, spec.minReplicas (hpa-bounds)\n  what: minReplicas is 9\n  why:  It is refused.\n  mend: Lower it.',
  );
});

it('leaves the field out where a whole object is meant', () => {
  expect(findingText(finding).split('\n')[0]).toBe('gateway/hpa: HorizontalPodAutoscaler shop/gateway (hpa-bounds)');
});
