/** One download may take this long. */
const TIMEOUT_SECONDS = 60;

/** An answer of a server that may be another one than was hoped for. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/**
 * Gets an address, following redirects.
 * @throws with the address and the reason when there is no answer at all
 */
export async function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000) });
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error && cause.name === 'TimeoutError' ? `no answer in ${TIMEOUT_SECONDS} seconds` : textOf(cause);
    throw new Error(`${url}: ${reason}. Expected an answer: check the address and the network, and try again.`);
  }
}

/**
 * As {@link get}, for what has to be there.
 * @throws also when the server answers anything but 200
 */
export async function getExisting(url: string, headers?: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const { status, bytes } = await get(url, headers);
  if (status !== 200) throw new Error(`${url}: the server answers ${status}, expected 200. Check the address.`);
  return bytes;
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && error.message === '' ? String(error.code) : error.message;
}
