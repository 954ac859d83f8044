import { expect, test } from 'vitest';
import { gatewayApi } from '../../charts/gateway-api';
import { clusterWith } from '../workload/support';
import { delivered } from './delivered';

const unit = (kubernetes: string) => {
  const cluster = clusterWith({ kubernetes });
  return delivered(cluster, [gatewayApi(cluster)]).unit('gateway-api');
};

test('definitions of the Gateway API come from the folder of the standard channel, at the tag for the Kubernetes minor', () => {
  expect(unit('1.28').source).toMatchObject({ kind: 'git', path: 'config/crd/standard', tag: 'v1.4.1' });
  expect(unit('1.34').source).toMatchObject({ kind: 'git', path: 'config/crd/standard', tag: 'v1.6.1' });
});

test('they are there before everything, and what else the folder brings is allowed', () => {
  expect(unit('1.28')).toMatchObject({ stage: 'crds', needs: [], provides: [{ kind: 'crds', name: 'gateway.networking.k8s.io' }] });
  const kinds = (kubernetes: string) => unit(kubernetes).clusterKinds?.map(({ kind }) => kind);
  expect(kinds('1.28')).toEqual(['CustomResourceDefinition']);
  expect(kinds('1.34')).toEqual(['CustomResourceDefinition', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']);
});
