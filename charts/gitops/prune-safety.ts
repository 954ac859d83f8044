import { groupOf, type KubeObject } from '../../synth/object';

const syncOptionsAnnotation = 'argocd.argoproj.io/sync-options';

/** Kinds that take data with them when they go. */
const keptKinds = new Set(['/Namespace', '/PersistentVolumeClaim', 'apiextensions.k8s.io/CustomResourceDefinition']);

/** Namespaces that Kubernetes makes; an Application that owned one could delete it. */
const systemNamespaces = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);

/**
 * The object with what keeps Argo CD from deleting it: `Prune=false,Delete=false` on claims, definitions and namespaces.
 * Other sync options of the object stay; other values of these two are replaced. All other kinds come back as they are.
 * @throws when the object is a Namespace that Kubernetes itself makes
 */
export function protectFromDeletion(object: KubeObject): KubeObject {
  const kind = `${groupOf(object)}/${object.kind}`;
  if (!keptKinds.has(kind)) return object;
  const { metadata } = object;
  if (kind === '/Namespace' && systemNamespaces.has(metadata.name)) {
    throw new Error(
      `Namespace ${metadata.name} is Kubernetes' own and must not be rendered: an Application that owns it could delete it. Render only objects inside it.`,
    );
  }
  const given = (metadata.annotations?.[syncOptionsAnnotation] ?? '').split(',').map((option) => option.trim());
  const others = given.filter((option) => option !== '' && !/^(Prune|Delete)=/.test(option));
  const options = ['Prune=false', 'Delete=false', ...others].join(',');
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, [syncOptionsAnnotation]: options } } };
}
