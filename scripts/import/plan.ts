import { type ImportedKind, isUrl } from './crd';
import { type ImportFile, kindsIn } from './index-file';

/** What the command line asks for. */
export interface Request {
  /** Paths and addresses. */
  readonly sources: readonly string[];
  /** Names of kinds; empty for all. */
  readonly kinds: readonly string[];
}

/** @throws when no source is given, or an argument is neither a source nor a kind. */
export function parseArguments(args: readonly string[]): Request {
  const sources = args.filter((arg) => isUrl(arg) || /[./\\]/.test(arg));
  const kinds = args.filter((arg) => !sources.includes(arg));
  const usage = 'usage: npm run import -- <file or http(s) URL> … [Kind …]';
  for (const kind of kinds) {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(kind))
      throw new Error(`${kind}: is neither a kind (as PodMonitor), a path (as ./${kind}) nor a URL; ${usage}`);
  }
  if (sources.length === 0) throw new Error(`no file or URL of CustomResourceDefinitions is given; ${usage}`);
  return { sources, kinds };
}

/**
 * The kinds to write, by API group: those asked for, and those that the group's file has already, so that types stay shared within a file.
 * @throws when a kind that is asked for, or that a file to be written has already, is in no source.
 */
export function planGroups(
  found: readonly ImportedKind[],
  request: Request,
  files: readonly ImportFile[],
): ReadonlyMap<string, readonly ImportedKind[]> {
  const where = request.sources.join(', ');
  for (const kind of request.kinds) {
    if (found.some((each) => each.kind === kind)) continue;
    throw new Error(`${where}: defines no kind ${kind}; it defines ${[...new Set(found.map((each) => each.kind))].sort().join(', ')}`);
  }
  const asked = found.filter((each) => request.kinds.length === 0 || request.kinds.includes(each.kind));
  const groups = [...new Set(asked.map((each) => each.group))].sort();
  return new Map(groups.map((group) => [group, kindsOfGroup(group, asked, found, files, where)]));
}

function kindsOfGroup(
  group: string,
  asked: readonly ImportedKind[],
  found: readonly ImportedKind[],
  files: readonly ImportFile[],
  where: string,
): readonly ImportedKind[] {
  const present = kindsIn(files.find((file) => file.name === group)?.text ?? '');
  const inGroup = found.filter((each) => each.group === group);
  const lost = present.filter((kind) => !inGroup.some((each) => each.kind === kind));
  if (lost.length > 0) {
    throw new Error(
      `imports/${group}.ts has ${lost.join(', ')}, which ${where} does not define; name the source of these too ` +
        '(several files or URLs may be given), or delete the file first when they are no longer wanted',
    );
  }
  const wanted = inGroup.filter((each) => present.includes(each.kind) || asked.includes(each));
  const twice = wanted.find((each, index) => wanted.findIndex((other) => other.kind === each.kind) !== index);
  if (twice !== undefined) throw new Error(`${where}: defines ${twice.kind} of ${group} twice; give one definition of it`);
  return wanted;
}
