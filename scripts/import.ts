/** `npm run import -- <file or http(s) URL> … [Kind …]`: writes imports/<group>.ts and imports/index.ts. See docs/imports.md. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKinds } from './import/crd';
import { format } from './import/format';
import { type ImportFile, renderIndex } from './import/index-file';
import { parseArguments, planGroups } from './import/plan';
import { readSource } from './import/read';
import { renderGroup } from './import/render';

const folder = join(__dirname, '..', 'imports');

async function main(args: readonly string[]): Promise<void> {
  const request = parseArguments(args);
  const sources = await Promise.all(request.sources.map(readSource));
  const present = importFiles();
  const plan = planGroups(sources.flatMap(readKinds), request, present);
  const written: ImportFile[] = [];
  for (const [name, kinds] of plan) {
    written.push({ name, text: format(await renderGroup(kinds, './custom-resource'), `imports/${name}.ts`) });
    console.error(`imports/${name}.ts: ${kinds.map((kind) => `${kind.kind} ${kind.version}`).join(', ')}`);
  }
  const kept = present.filter((file) => !plan.has(file.name));
  written.push({ name: 'index', text: format(renderIndex([...kept, ...written]), 'imports/index.ts') });
  // Written last: an error before leaves the folder as it was.
  for (const { name, text } of written) writeFileSync(join(folder, `${name}.ts`), text);
}

function importFiles(): readonly ImportFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return names.map((name) => ({ name: name.slice(0, -'.ts'.length), text: readFileSync(join(folder, name), 'utf8') }));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
