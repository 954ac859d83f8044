import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFile, WriteSummary } from './writer';
import { checkFiles } from './writer-files';

/**
 * Writes all files as the documents of one. The CLI pipes every manifest of its temporary folder to stdout at the same time and without a
 * separator, so only one file comes out as YAML that can be read (and thousands would run out of descriptors).
 *
 * @throws Error as {@link checkFiles} does, or when the disk refuses
 */
export function writeStream(folder: string, files: readonly RenderedFile[]): WriteSummary {
  checkFiles(files);
  const descriptor = openSync(join(folder, 'all.yaml'), 'wx');
  try {
    for (const { text } of files) writeFileSync(descriptor, `---\n${text}${text.endsWith('\n') ? '' : '\n'}`);
  } finally {
    closeSync(descriptor);
  }
  return { added: files.map((file) => file.path).sort(), changed: [], removed: [], unchanged: 0, foreign: [] };
}
