import { groupOf, type SourcedObject } from '../../synth/object';
import { at, entriesAt, listAt, textAt, textsAt } from '../at';
import type { Check, Report } from '../check';
import { podIndex } from '../pod-index';
import { containersOf } from '../pods';
import { credentialLines, isLiteralValue, namesCredential } from './credentials';

const EXPECTED = 'has a literal value (not shown); expected a reference to a Secret, or the path of a mounted one';

/** Variables, options and configuration keys whose names say that they hold a credential. */
export const credentialByName: Check = {
  id: 'credential-by-name',
  title: 'Nothing that is named like a password, secret, token or key has a literal value.',
  severity: 'error',
  why: 'Manifests are readable by many more people and programs than Secrets, and stay in the history of the repository.',
  mend: 'Take the value from a Secret: secretKeyRef, or a mounted file. If it is no credential, exempt the object and say what it is.',
  *run(objects) {
    for (const { template, container, field } of podIndex(objects).templates.flatMap(containersOf)) {
      const { subject } = template;
      for (const [i, variable] of listAt(container, 'env').entries()) {
        const name = textAt(variable, 'name') ?? '';
        const value = at(variable, 'value');
        if (value !== undefined && namesCredential(name) && isLiteralValue(String(value))) {
          yield { subject, field: `${field}.env[${i}].value`, message: `the variable ${name} ${EXPECTED}` };
        }
      }
      for (const list of ['command', 'args'] as const) {
        for (const [i, name] of credentialOptions(textsAt(container, list))) {
          yield { subject, field: `${field}.${list}[${i}]`, message: `the option ${name} ${EXPECTED}` };
        }
      }
    }
    for (const subject of objects) {
      if (subject.object.kind === 'ConfigMap' && groupOf(subject.object) === '') yield* inConfigMap(subject);
      if (subject.object.kind === 'Application') yield* inHelmValues(subject);
    }
  },
};

/** Positions and names of options as `--password=x`, `--token x` or `PASSWORD=x`. */
function* credentialOptions(args: readonly string[]): Iterable<readonly [number, string]> {
  for (const [i, arg] of args.entries()) {
    const [, name = '', value] = /^(-{0,2}[A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (!namesCredential(name)) continue;
    const next = name.startsWith('-') ? args[i + 1] : undefined;
    const given = value ?? (next?.startsWith('-') ? undefined : next);
    if (given !== undefined && isLiteralValue(given)) yield [i, name];
  }
}

function* inConfigMap(subject: SourcedObject): Iterable<Report> {
  for (const [key, value] of entriesAt(subject.object, 'data')) {
    if (typeof value !== 'string') continue;
    const field = /^[\w-]+$/.test(key) ? `data.${key}` : `data['${key}']`;
    if (!value.trimEnd().includes('\n') && namesCredential(key) && isLiteralValue(value))
      yield { subject, field, message: `the key ${key} ${EXPECTED}` };
    else for (const name of credentialLines(value)) yield { subject, field, message: `in the text, ${name} ${EXPECTED}` };
  }
}

/** Values of the chart that an Argo CD Application installs. */
function* inHelmValues(subject: SourcedObject): Iterable<Report> {
  const sources = [
    ['spec.source', at(subject.object, 'spec', 'source')] as const,
    ...listAt(subject.object, 'spec', 'sources').map((source, i) => [`spec.sources[${i}]`, source] as const),
  ];
  for (const [path, source] of sources) {
    const helm = `${path}.helm`;
    for (const name of credentialLines(textAt(source, 'helm', 'values') ?? '')) {
      if (holdsValue(name)) yield { subject, field: `${helm}.values`, message: `in the text, ${name} ${EXPECTED}` };
    }
    for (const [i, parameter] of listAt(source, 'helm', 'parameters').entries()) {
      const name = textAt(parameter, 'name') ?? '';
      if (holdsValue(name) && isLiteralValue(String(at(parameter, 'value') ?? ''))) {
        yield { subject, field: `${helm}.parameters[${i}].value`, message: `the parameter ${name} ${EXPECTED}` };
      }
    }
    yield* inValues(subject, at(source, 'helm', 'valuesObject'), `${helm}.valuesObject`);
  }
}

function* inValues(subject: SourcedObject, value: unknown, field: string): Iterable<Report> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* inValues(subject, item, `${field}[${i}]`);
    return;
  }
  for (const [key, member] of entriesAt(value)) {
    if (typeof member === 'string' && holdsValue(key) && isLiteralValue(member)) {
      yield { subject, field: `${field}.${key}`, message: `the value ${key} ${EXPECTED}` };
    } else yield* inValues(subject, member, `${field}.${key}`);
  }
}

/** In values of charts, `secret` and `…Secret` are usually names of Secret objects. */
function holdsValue(name: string): boolean {
  return namesCredential(name) && !/secrets?$/i.test(name);
}
