import { k8s } from 'cdk8s-plus-28';
import type { Resolved } from '../overlay/resolved';
import { ContractValue, type Env, PodField } from './env';
import { ExecCheck, GrpcCheck, HttpCheck, type Probe, TcpCheck } from './probe';
import type { Exemptions, Resources } from './props';

/** What every container gets, unless an exemption says otherwise: Pod Security `restricted`. */
export function containerSecurity(exemptions: Exemptions = {}): k8s.SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: exemptions.writableRootFilesystem === undefined,
  };
}

/** Pod-level part of Pod Security `restricted`. The numeric user makes `runAsNonRoot` decidable whatever the image says. */
export const podSecurity: k8s.PodSecurityContext = {
  fsGroup: 10001,
  fsGroupChangePolicy: 'OnRootMismatch',
  runAsGroup: 10001,
  runAsNonRoot: true,
  runAsUser: 10001,
  seccompProfile: { type: 'RuntimeDefault' },
};

export function quantities(values: Readonly<Record<string, string | undefined>>): { [name: string]: k8s.Quantity } {
  const result: { [name: string]: k8s.Quantity } = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) result[name] = k8s.Quantity.fromString(value);
  }
  return result;
}

/** @param scratch - disk that the container's emptyDirs may fill, as a quantity; @default - none */
export function resourceRequirements(resources: Resources, scratch?: string): k8s.ResourceRequirements {
  return { requests: quantities({ ...resources.requests, 'ephemeral-storage': scratch }), limits: quantities({ ...resources.limits }) };
}

/** Environment variables, sorted by name so that adding one is a one-line diff. */
export function environment(env: Resolved<Env>, readContract: (value: ContractValue) => string): k8s.EnvVar[] {
  return Object.entries(env)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      if (value instanceof ContractValue) return { name, value: readContract(value) };
      if (value instanceof PodField) return { name, valueFrom: { fieldRef: { fieldPath: value.podField } } };
      return { name, value };
    });
}

/**
 * Renders a probe against the ports of its container.
 * @param where - construct path, for errors
 * @throws when the port is not one of the container's
 */
export function probe(props: Probe<string> | undefined, ports: Readonly<Record<string, number>>, where: string): k8s.Probe | undefined {
  if (props === undefined) return undefined;
  const { check, port: portName, ...timing } = props;
  if (check instanceof ExecCheck) return { ...timing, exec: { command: [...check.exec] } };
  const name = portName ?? Object.keys(ports)[0];
  const number = name === undefined ? undefined : ports[name];
  if (name === undefined || number === undefined) {
    throw new Error(
      `${where}: the probe asks port "${name ?? ''}", but the ports are ${Object.keys(ports).join(', ') || 'none'}. Name one of them, or add it to \`ports\`.`,
    );
  }
  const target = k8s.IntOrString.fromNumber(number);
  if (check instanceof HttpCheck) return { ...timing, httpGet: { path: check.httpPath, port: target, scheme: check.scheme } };
  if (check instanceof GrpcCheck) return { ...timing, grpc: { port: number, service: check.grpcService } };
  if (check instanceof TcpCheck) return { ...timing, tcpSocket: { port: target } };
  throw new Error(`${where}: its check is no probe. Write http('/path'), tcp(), grpc() or exec('command').`);
}
