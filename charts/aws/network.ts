import { type Cidr, contains, isPrivate, overlaps, parseCidr } from './cidr';
import type { AwsContract } from './contract';
import { formatPath, type Path, type Problem, show } from './problem';
import type { Partly } from './validate';

type Data = Partly<AwsContract>;

/** Zones belong to the region, and every zone has a private subnet. */
export function* soundZones({ region, zones, vpc }: Data): Iterable<Problem> {
  for (const [index, zone] of (zones ?? []).entries()) {
    if (zone === undefined || region === undefined || zone.slice(0, -1) === region) continue;
    yield {
      path: ['zones', index],
      found: show(zone),
      expected: `a zone of ${region}, as ${region}a`,
      mend: 'correct the zone, or the region',
    };
  }
  if (zones === undefined || zones.includes(undefined)) return;
  for (const { path, zone } of subnetsOf(vpc)) {
    if (zones.includes(zone)) continue;
    yield {
      path,
      found: `a subnet in ${zone}`,
      expected: `one of the zones ${zones.join(', ')}`,
      mend: 'add the zone to zones, or remove the subnet',
    };
  }
  for (const zone of zones) {
    const privateSubnets = vpc?.subnets?.private;
    if (zone === undefined || privateSubnets === undefined || zone in privateSubnets) continue;
    yield {
      path: ['vpc', 'subnets', 'private', zone],
      found: 'nothing',
      expected: 'a private subnet in every zone',
      mend: 'add the subnet, or remove the zone from zones',
    };
  }
}

/** Subnets lie in the VPC and share no address; Services have private addresses that the VPC does not use. */
export function* soundAddresses({ vpc, serviceCidr }: Data): Iterable<Problem> {
  const whole = read(vpc?.cidr);
  const subnets = subnetsOf(vpc);
  for (const [index, subnet] of subnets.entries()) {
    if (whole !== undefined && !contains(whole, subnet.block)) {
      yield {
        path: subnet.path,
        found: show(subnet.cidr),
        expected: `a block inside the VPC's ${vpc?.cidr}`,
        mend: "correct the subnet's CIDR, or vpc.cidr",
      };
    }
    const other = subnets.slice(0, index).find(({ block }) => overlaps(block, subnet.block));
    if (other === undefined) continue;
    const expected = `addresses that no other subnet has; ${formatPath(other.path)} is ${other.cidr}`;
    yield { path: subnet.path, found: show(subnet.cidr), expected, mend: 'correct one of the two' };
  }

  const services = read(serviceCidr);
  if (services === undefined) return;
  if (!isPrivate(services)) {
    yield {
      path: ['serviceCidr'],
      found: show(serviceCidr),
      expected: 'a block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
      mend: "copy the cluster's Service CIDR (`aws eks describe-cluster`)",
    };
  }
  if (whole !== undefined && overlaps(whole, services)) {
    yield {
      path: ['serviceCidr'],
      found: show(serviceCidr),
      expected: `no address of the VPC's ${vpc?.cidr}`,
      mend: "copy the cluster's Service CIDR; EKS never overlaps it with the VPC",
    };
  }
}

interface Subnet {
  readonly path: Path;
  readonly zone: string;
  readonly cidr: string;
  readonly block: Cidr;
}

function subnetsOf(vpc: Data['vpc']): readonly Subnet[] {
  return Object.entries(vpc?.subnets ?? {}).flatMap(([kind, byZone]) =>
    Object.entries(byZone ?? {}).flatMap(([zone, cidr]) => {
      const block = read(cidr);
      return block === undefined || cidr === undefined ? [] : [{ path: ['vpc', 'subnets', kind, zone], zone, cidr, block }];
    }),
  );
}

function read(cidr: string | undefined): Cidr | undefined {
  return cidr === undefined ? undefined : parseCidr(cidr);
}
