/** A value inside an object, with its path in the form of a finding's field. */
export interface ValueAt {
  readonly field: string;
  readonly value: unknown;
}

/** Values at a dotted path in which `*` stands for every item of a list; places where there is nothing are left out. */
export function valuesAt(root: unknown, path: string): readonly ValueAt[] {
  let found: readonly ValueAt[] = [{ field: '', value: root }];
  for (const key of path === '' ? [] : path.split('.')) {
    found = found.flatMap(({ field, value }) => {
      if (typeof value !== 'object' || value === null) return [];
      if (key === '*') return Array.isArray(value) ? value.map((item, i) => ({ field: `${field}[${i}]`, value: item })) : [];
      const member: unknown = (value as Record<string, unknown>)[key];
      return member === undefined || member === null ? [] : [{ field: field === '' ? key : `${field}.${key}`, value: member }];
    });
  }
  return found;
}
