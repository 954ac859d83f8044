import { describe, expect, it } from 'vitest';
import { afterChange, type Tree } from './fixtures';

const wrong: readonly [name: string, change: (data: Tree) => void, path: string, found: string, expected: string][] = [
  ['no CIDR', (d) => (d.vpc.cidr = '10.0.0.0'), 'vpc.cidr', '"10.0.0.0"', 'from /16 to /28'],
  [
    'host bits',
    (d) => (d.vpc.subnets.public['us-east-1a'] = '10.0.0.7/24'),
    'vpc.subnets.public.us-east-1a',
    '"10.0.0.7/24"',
    'without host bits',
  ],
  ['an octet over 255', (d) => (d.serviceCidr = '172.256.0.0/16'), 'serviceCidr', '"172.256.0.0/16"', 'an IPv4 CIDR'],
  ['a VPC that is too large', (d) => (d.vpc.cidr = '10.0.0.0/8'), 'vpc.cidr', '"10.0.0.0/8"', 'from /16 to /28'],
  [
    'a subnet outside the VPC',
    (d) => (d.vpc.subnets.database['us-east-1a'] = '10.1.8.0/24'),
    'vpc.subnets.database.us-east-1a',
    '"10.1.8.0/24"',
    "the VPC's 10.0.0.0/16",
  ],
  [
    'subnets that overlap, across kinds',
    (d) => (d.vpc.subnets.database['us-east-1b'] = '10.0.33.0/24'),
    'vpc.subnets.database.us-east-1b',
    '"10.0.33.0/24"',
    'vpc.subnets.private.us-east-1a is 10.0.32.0/19',
  ],
  [
    'Services inside the VPC',
    (d) => (d.serviceCidr = '10.0.128.0/20'),
    'serviceCidr',
    '"10.0.128.0/20"',
    "no address of the VPC's 10.0.0.0/16",
  ],
  ['Services around the VPC', (d) => (d.serviceCidr = '10.0.0.0/12'), 'serviceCidr', '"10.0.0.0/12"', "no address of the VPC's"],
  ['Services with public addresses', (d) => (d.serviceCidr = '8.8.0.0/16'), 'serviceCidr', '"8.8.0.0/16"', '10.0.0.0/8'],
  ['a zone of another region', (d) => d.zones.push('us-west-2a'), 'zones[2]', '"us-west-2a"', 'a zone of us-east-1'],
  [
    'a zone without private subnet',
    (d) => d.zones.push('us-east-1c'),
    'vpc.subnets.private.us-east-1c',
    'nothing',
    'a private subnet in every zone',
  ],
  [
    'a subnet in a zone that is not used',
    (d) => (d.vpc.subnets.public['us-east-1f'] = '10.0.2.0/24'),
    'vpc.subnets.public.us-east-1f',
    'us-east-1f',
    'us-east-1a, us-east-1b',
  ],
];

describe('network of a contract', () => {
  it.each(wrong)('%s is refused', (_, change, path, found, expected) => {
    const problems = afterChange(change).filter((problem) => problem.path === path);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.found).toContain(found);
    expect(problems[0]!.expected).toContain(expected);
  });

  it('a wrong subnet hides no other one', () => {
    const problems = afterChange((data) => {
      data.vpc.subnets.private['us-east-1a'] = 'x';
      data.vpc.subnets.private['us-east-1b'] = '10.9.0.0/24';
    });
    expect(problems.map(({ path }) => path)).toEqual(['vpc.subnets.private.us-east-1a', 'vpc.subnets.private.us-east-1b']);
  });

  it('a wrong zone is not also reported as a zone without subnet', () => {
    expect(afterChange((data) => (data.zones[0] = 'east')).map(({ path }) => path)).toEqual(['zones[0]']);
  });
});
