import { list, mustBeOn, object, text } from './field';

const version = (least: string) =>
  text((value) => atLeast(value, least), {
    expected: `an add-on version from ${least} on, as v${least}.3-eksbuild.1`,
    mend: 'copy it from `aws eks describe-addon`; upgrade the add-on when it is older',
  });

/** What the AWS layer installs in a cluster. */
export const addons = object({
  /** VPC CNI: the pods' network. */
  vpcCni: object({
    version: version('1.14'),
    /** Whether the CNI enforces NetworkPolicies. */
    networkPolicy: mustBeOn(
      'set `enableNetworkPolicy: "true"` in the add-on\'s configuration: without it the cluster accepts NetworkPolicies and enforces none',
    ),
  }),
  /** EBS CSI driver: volumes. */
  ebsCsi: object({
    version: version('1.0'),
    /** StorageClasses that exist beside those that are rendered. */
    storageClasses: list(
      text(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, {
        expected: 'the name of a StorageClass',
        mend: 'use lower-case letters, digits, dots and hyphens',
      }),
      0,
      'StorageClass names',
    ).default([]),
  }),
  /** AWS Load Balancer Controller. @default - not provided: the platform renders its own */
  awsLoadBalancerController: object({ version: version('2.4') }).optional(),
  /** CSI snapshot controller with its CRDs. @default - not provided */
  snapshotController: object({ version: version('6.0') }).optional(),
});

/** Whether an add-on version (`v1.18.3-eksbuild.1`) is at least `major.minor`. */
function atLeast(value: string, least: string): boolean {
  const match = /^v(\d+)\.(\d+)\.\d+(-eksbuild\.\d+)?$/.exec(value);
  if (match === null) return false;
  const [major = 0, minor = 0] = match.slice(1, 3).map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
