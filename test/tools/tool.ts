import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder, goBuild, hasGo } from './go';

/** A Go module that pins one program of others with a `tool` directive. The folder has the program's name. */
export interface ToolModule {
  readonly folder: string;
  readonly name: string;
  /** Path of its main package. */
  readonly what: string;
  /** As `1.20.0`. */
  readonly version: string;
}

/**
 * What a tool's go.mod pins.
 * @throws an Error when it names no tool, or does not require the module that the tool is of
 */
export function toolModule(folder: string): ToolModule {
  const file = join(folder, 'go.mod');
  const text = readFileSync(file, 'utf8');
  const what = /^tool (\S+)$/m.exec(text)?.[1];
  if (what === undefined) throw new Error(`${file} has no line \`tool <path of the main package>\``);
  const required = [...text.matchAll(/^\s*(?:require )?(\S+) v(\S+)/gm)].filter(([, path]) => what === path || what.startsWith(`${path}/`));
  const version = required.sort(([, a = ''], [, b = '']) => b.length - a.length)[0]?.[2];
  if (version === undefined) throw new Error(`${file} requires no module that ${what} is of; run \`go get -tool ${what}@<version>\` there`);
  return { folder, name: basename(folder), what, version };
}

/**
 * The program of a tool's module, built unless the cache has that version.
 * @param print told before a build
 * @returns its file
 * @throws an Error that says how to get Go when that is missing, or with the command when the build fails
 */
export function buildTool(folder: string, print: (text: string) => void): string {
  const { name, what, version } = toolModule(folder);
  const target = join(cacheFolder(), `${name}-${version}`, name);
  if (!existsSync(target) && !hasGo()) {
    throw new Error(
      `${name} ${version} is not built yet, and Go 1.24 or newer is not installed to build it. On Debian, without changing the system:\n` +
        '  export PATH="$(.ci/go):$PATH"',
    );
  }
  goBuild({ module: folder, what, target }, print);
  return target;
}

/**
 * A tool of `test/tools/` by name, as `promtool`.
 * @returns its file
 * @throws as {@link buildTool}
 */
export function tool(name: string): string {
  return buildTool(join(__dirname, name), (text) => process.stderr.write(`${text}\n`));
}
