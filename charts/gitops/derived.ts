import { groupOf, type Json, type KubeObject } from '../../synth/object';
import {
  type Capability,
  crds,
  gatewayClass,
  ingressClass,
  issuer,
  namespace,
  priorityClass,
  secretStore,
  storageClass,
} from './capability';
import { isKustomization } from './kustomization';
import type { Unit } from './unit';

/** API groups that the API server itself serves; every other group comes with CRDs. */
const builtInGroups = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

/** Cluster-scoped kinds that others refer to by name. */
const providers: Readonly<Record<string, (name: string) => Capability>> = {
  Namespace: namespace,
  PriorityClass: priorityClass,
  StorageClass: storageClass,
  IngressClass: ingressClass,
  GatewayClass: gatewayClass,
  ClusterSecretStore: secretStore,
  ClusterIssuer: issuer,
};

/** Fields that name an object of a cluster-scoped kind, wherever they stand in an object. */
const references: Readonly<Record<string, (name: string) => Capability>> = {
  priorityClassName: priorityClass,
  storageClassName: storageClass,
  ingressClassName: ingressClass,
  gatewayClassName: gatewayClass,
  'cert-manager.io/cluster-issuer': issuer,
};

/** All that a unit provides: what it declares and what its objects show. */
export function providedBy(unit: Unit): readonly Capability[] {
  return [...unit.provides, ...unit.objects.flatMap(providedByObject)];
}

/** All that a unit needs: what it declares and what its objects show. May name a capability twice. */
export function neededBy(unit: Unit): readonly Capability[] {
  const needs = [...unit.needs, ...unit.objects.flatMap(neededByObject)];
  // `CreateNamespace` would make a destination that is not there yet, without labels. CRDs come before all namespaces.
  return unit.stage === 'crds' ? needs : [...needs, namespace(unit.namespace)];
}

function providedByObject(object: KubeObject): Capability[] {
  if (isCrd(object)) {
    const group = (object.spec as { readonly group?: Json } | undefined)?.group;
    return typeof group === 'string' ? [crds(group)] : [];
  }
  const provide = object.metadata.namespace === undefined ? providers[object.kind] : undefined;
  return provide === undefined ? [] : [provide(object.metadata.name)];
}

function neededByObject(object: KubeObject): Capability[] {
  // The schema inside a CRD has properties named like the fields below.
  if (isCrd(object) || isKustomization(object)) return [];
  const needs = referencesIn(object);
  if (object.metadata.namespace !== undefined) needs.push(namespace(object.metadata.namespace));
  if (!builtInGroups.has(groupOf(object))) needs.push(crds(groupOf(object)));
  return needs;
}

function isCrd(object: KubeObject): boolean {
  return object.kind === 'CustomResourceDefinition' && groupOf(object) === 'apiextensions.k8s.io';
}

function referencesIn(value: Json | undefined): Capability[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  const found = Object.entries(value).flatMap(([field, member]) => {
    const refer = references[field];
    return refer !== undefined && typeof member === 'string' && member !== '' ? [refer(member)] : referencesIn(member);
  });
  const { kind, name } = value as { readonly kind?: Json; readonly name?: Json };
  if (kind === 'ClusterSecretStore' && typeof name === 'string') found.push(secretStore(name));
  if (kind === 'ClusterIssuer' && typeof name === 'string') found.push(issuer(name));
  return found;
}
