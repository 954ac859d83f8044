import { groupOf, type KubeObject } from '../../synth/object';
import { textAt } from '../at';
import type { Check } from '../check';
import { dnsLabel, dnsLabelWithLetter, dnsSubdomain, pathSegment } from './names';

type Rule = (name: string) => string | undefined;

/** Kinds with a narrower or wider grammar than a DNS subdomain. */
const RULES: Readonly<Record<string, Rule>> = {
  '/Namespace': dnsLabel,
  '/Service': dnsLabelWithLetter,
  // The controller adds 11 characters for each run.
  'batch/CronJob': (name) => dnsSubdomain(name, 52),
  // Pods carry the name as value of a label, a StatefulSet's with a hash of 11 characters.
  'batch/Job': (name) => dnsSubdomain(name, 63),
  'apps/StatefulSet': (name) => dnsSubdomain(name, 52),
  'rbac.authorization.k8s.io/Role': pathSegment,
  'rbac.authorization.k8s.io/ClusterRole': pathSegment,
  'rbac.authorization.k8s.io/RoleBinding': pathSegment,
  'rbac.authorization.k8s.io/ClusterRoleBinding': pathSegment,
};

/** Names that the API server and the controllers take. */
export const objectNameValid: Check = {
  id: 'object-name-valid',
  title: 'Names of objects and namespaces have the characters and the length that their kind allows.',
  severity: 'error',
  why: 'The API server refuses the object, or its controller cannot make pods that carry the name.',
  mend: 'Shorten or respell the name.',
  *run(objects) {
    for (const subject of objects) {
      const { object } = subject;
      const { name, namespace } = object.metadata;
      const problem = name === '' ? undefined : problemOf(object);
      if (problem !== undefined) yield { subject, field: 'metadata.name', message: `the name "${name}" of a ${object.kind} ${problem}` };
      const inNamespace = namespace === undefined ? undefined : dnsLabel(String(namespace));
      if (inNamespace !== undefined) yield { subject, field: 'metadata.namespace', message: `the namespace "${namespace}" ${inNamespace}` };
    }
  },
};

function problemOf(object: KubeObject): string | undefined {
  const { name } = object.metadata;
  if (object.kind === 'CustomResourceDefinition') {
    const expected = `${textAt(object, 'spec', 'names', 'plural')}.${textAt(object, 'spec', 'group')}`;
    return name === expected ? undefined : `is not ${expected}, its plural and group`;
  }
  return (RULES[`${groupOf(object)}/${object.kind}`] ?? dnsSubdomain)(name);
}
