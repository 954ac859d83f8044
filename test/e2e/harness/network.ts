/** Hands out addresses of a cluster's private subnets, as the VPC CNI does: pods and nodes have them from one range. */
export interface Network {
  /** An address that nobody has. @throws an Error when the zone has no subnet, or its subnet is used up */
  next(zone: string): string;
}

/** AWS keeps the first four addresses of a subnet, and the last. */
const KEPT_FIRST = 4;

/** @param subnets zone to CIDR, as `10.18.32.0/19` */
export function network(subnets: Readonly<Record<string, string>>): Network {
  const used = new Map<string, number>();
  return {
    next(zone) {
      const cidr = subnets[zone];
      if (cidr === undefined) throw new Error(`zone ${zone} has no private subnet; there are ${Object.keys(subnets).join(', ')}`);
      const [base = '', bits = '32'] = cidr.split('/');
      const taken = used.get(zone) ?? KEPT_FIRST;
      if (taken >= 2 ** (32 - Number(bits)) - 1) throw new Error(`subnet ${cidr} of ${zone} is used up`);
      used.set(zone, taken + 1);
      const number = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + taken;
      return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
    },
  };
}
