import { readFileSync } from 'node:fs';
import { isUrl, type Source } from './crd';

/**
 * Reads a file, or fetches an http(s) URL (for half a minute at most).
 * @throws when it cannot be read or the server does not answer with success.
 */
export async function readSource(name: string): Promise<Source> {
  try {
    return { name, text: isUrl(name) ? await download(name) : readFileSync(name, 'utf8') };
  } catch (error) {
    throw new Error(`${name}: cannot be read (${reasonOf(error)}); give a file or an http(s) URL of CustomResourceDefinitions`);
  }
}

async function download(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`HTTP ${answer.status} ${answer.statusText}`);
  return answer.text();
}

/** `fetch failed` says nothing; the cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
