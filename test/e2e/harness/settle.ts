/**
 * Looks again and again until there is nothing to complain of.
 * @param timeout milliseconds
 * @returns what the last look found
 */
export async function settle(look: () => Promise<readonly string[]>, timeout = 20_000): Promise<readonly string[]> {
  for (const end = Date.now() + timeout; ; ) {
    const found = await look();
    if (found.length === 0 || Date.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
