import { groupOf, type SourcedObject } from '../../synth/object';
import { at, entriesAt, listAt, shown } from '../at';
import type { Check, Report } from '../check';
import type { ClusterFacts } from '../facts';
import { declaredLevel, isMeshed, LABEL, MODES } from './standard/namespace-level';

/** Namespaces say which Pod Security level they enforce, and hold their pods to `restricted` in some mode. */
export const namespacePodSecurity: Check = {
  id: 'namespace-pod-security',
  title: 'Every Namespace enforces a Pod Security level and holds its pods to restricted, at least by warnings.',
  severity: 'error',
  why: 'Pod Security admission acts on these labels only: without them a privileged pod of any origin runs unnoticed.',
  mend:
    "Label it pod-security.kubernetes.io/enforce: restricted; where Linkerd's init container or an exempted agent must run, enforce privileged, " +
    'and warn and audit at restricted.',
  *run(objects, facts) {
    const cni = usesLinkerdCni(objects, facts);
    for (const subject of objects) {
      if (subject.object.kind !== 'Namespace' || groupOf(subject.object) !== '') continue;
      const problems = [...labelProblems(subject)];
      yield* problems;
      if (problems.length === 0) yield* levelProblems(subject, cni);
    }
  },
};

function* labelProblems(subject: SourcedObject): Iterable<Report> {
  const { object } = subject;
  for (const [key, value] of entriesAt(object, 'metadata', 'labels')) {
    if (!key.startsWith(LABEL)) continue;
    const field = `metadata.labels['${key}']`;
    const name = key.slice(LABEL.length);
    const mode = MODES.find((candidate) => name === candidate);
    if (mode !== undefined && declaredLevel(object, mode) === undefined) {
      yield { subject, field, message: `the ${mode} level is ${shown(value)}; expected privileged, baseline or restricted` };
    } else if (MODES.some((candidate) => name === `${candidate}-version`) && !/^(latest|v1\.\d+)$/.test(String(value))) {
      yield { subject, field, message: `the version is ${shown(value)}; expected latest or a minor as v1.28` };
    } else if (mode === undefined && !MODES.some((candidate) => name === `${candidate}-version`)) {
      yield {
        subject,
        field,
        message: `Pod Security admission knows no label ${key}; expected enforce, warn, audit, or one of these with -version`,
      };
    }
  }
}

function* levelProblems(subject: SourcedObject, cni: boolean): Iterable<Report> {
  const { object } = subject;
  const field = `metadata.labels['${LABEL}enforce']`;
  const enforce = declaredLevel(object, 'enforce');
  if (enforce === undefined) {
    yield { subject, field, message: 'no level is enforced; expected restricted' };
    return;
  }
  if (enforce !== 'restricted' && declaredLevel(object, 'warn') !== 'restricted') {
    const message = `${enforce} is enforced and no warning given; expected to enforce restricted, or to warn at restricted`;
    yield { subject, field, message };
  }
  if (isMeshed(object) && enforce !== 'privileged' && !cni) {
    yield {
      subject,
      field,
      message: `${enforce} is enforced where Linkerd injects; expected privileged, with warn and audit at restricted`,
      why: "Linkerd's init container needs NET_ADMIN and NET_RAW, so the API server would refuse every meshed pod.",
    };
  }
}

/** With Linkerd's CNI plugin there is no init container to refuse. */
function usesLinkerdCni(objects: readonly SourcedObject[], facts: Partial<ClusterFacts>): boolean {
  const isCni = ({ object }: SourcedObject) =>
    (object.kind === 'DaemonSet' && object.metadata.name === 'linkerd-cni') ||
    (object.kind === 'Application' &&
      [at(object, 'spec', 'source'), ...listAt(object, 'spec', 'sources')].some((source) => at(source, 'chart') === 'linkerd2-cni'));
  return objects.some(isCni) || (facts.existing ?? []).some((name) => /^DaemonSet (.*\/)?linkerd-cni$/.test(name));
}
