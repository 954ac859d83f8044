import { describe, expect, it } from 'vitest';
import { allOf, containerOf, ENVIRONMENTS, only } from './dist';

// Every value that the specification of authorworks gives for its gateway (rows and F-08), read from dist.

const NAME = 'authorworks-gateway';

describe.each(ENVIRONMENTS)('the gateway in %s', (environment) => {
  const deployment = () => only(environment, 'Deployment', NAME);
  const container = () => containerOf(environment, NAME);

  it('is one Deployment of apps/v1 of that name', () => expect(deployment().apiVersion).toBe('apps/v1'));
  it('has one container, of that name', () => {
    expect(deployment().spec.template.spec.containers.map(({ name }: { name: string }) => name)).toEqual([NAME]);
  });
  it('bears the label app, on the pods too', () => {
    expect(deployment().metadata.labels.app).toBe(NAME);
    expect(deployment().spec.template.metadata.labels.app).toBe(NAME);
  });
  it('is selected by app and by nothing else', () => {
    expect(deployment().spec.selector).toEqual({ matchLabels: { app: NAME } });
    expect(only(environment, 'Service', NAME).spec.selector).toEqual({ app: NAME });
  });
  it('runs authorworks/gateway from a registry of the account, with a tag that names a version', () => {
    expect(container().image).toMatch(
      /^\d{12}\.dkr\.ecr\.us-east-1\.amazonaws\.com\/authorworks\/gateway:v\d+\.\d+\.\d+(-rc\.\d+)?(@sha256:[0-9a-f]{64})?$/,
    );
  });
  it('listens on 8080', () => expect(container().ports).toContainEqual({ name: 'http', containerPort: 8080 }));
  it('is reached on 8080 through its Service', () => {
    expect(only(environment, 'Service', NAME).spec.ports).toContainEqual({ name: 'http', port: 8080, targetPort: 'http' });
  });

  it('is asked for its health at /health', () => expect(container().livenessProbe.httpGet).toEqual({ path: '/health', port: 8080 }));
  it('is asked for its health after 30 s', () => expect(container().livenessProbe.initialDelaySeconds).toBe(30));
  it('is asked for its health every 10 s', () => expect(container().livenessProbe.periodSeconds).toBe(10));
  it('is asked whether it is ready at /readiness', () =>
    expect(container().readinessProbe.httpGet).toEqual({ path: '/readiness', port: 8080 }));
  it('is asked whether it is ready after 5 s', () => expect(container().readinessProbe.initialDelaySeconds).toBe(5));
  it('is asked whether it is ready every 5 s', () => expect(container().readinessProbe.periodSeconds).toBe(5));

  it('states no replicas, which are the autoscaler’s', () => expect(deployment().spec).not.toHaveProperty('replicas'));
  it('is what its autoscaler scales', () => {
    const scaled = allOf(environment, 'HorizontalPodAutoscaler').filter(({ spec }) => spec.scaleTargetRef.name === NAME);
    expect(scaled.map(({ spec }) => spec.scaleTargetRef)).toEqual([{ apiVersion: 'apps/v1', kind: 'Deployment', name: NAME }]);
  });
});

it.each([
  ['dev', 2],
  ['staging', 2],
  ['production', 5],
] as const)('the gateway in %s has at least %d pods', (environment, pods) => {
  expect(only(environment, 'HorizontalPodAutoscaler', NAME).spec.minReplicas).toBe(pods);
});

const small = { requests: { memory: '256Mi', cpu: '200m' }, limits: { memory: '512Mi', cpu: '500m' } };
const large = { requests: { memory: '512Mi', cpu: '500m' }, limits: { memory: '1Gi', cpu: '1000m' } };

describe.each([
  ['dev', small],
  ['staging', small],
  ['production', large],
] as const)('the gateway in %s', (environment, { requests, limits }) => {
  const resources = () => containerOf(environment, NAME).resources;
  it(`requests ${requests.memory} of memory`, () => expect(resources().requests.memory).toBe(requests.memory));
  it(`requests ${requests.cpu} of cpu`, () => expect(resources().requests.cpu).toBe(requests.cpu));
  it(`may use ${limits.memory} of memory`, () => expect(resources().limits.memory).toBe(limits.memory));
  it(`may use ${limits.cpu} of cpu`, () => expect(resources().limits.cpu).toBe(limits.cpu));
});
