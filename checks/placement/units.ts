/** Cores for a message: `600m`, `3.92`. */
export function cores(cpu: number): string {
  return Math.abs(cpu) < 1 && cpu !== 0 ? `${Math.round(cpu * 1000)}m` : String(Number(cpu.toFixed(2)));
}

/** Bytes for a message: `762Mi`, `14.9Gi`. */
export function bytes(memory: number): string {
  const mebibytes = memory / 2 ** 20;
  return Math.abs(mebibytes) < 10 * 1024 ? `${Math.ceil(mebibytes)}Mi` : `${Number((mebibytes / 1024).toFixed(1))}Gi`;
}

/** What a pod asks for, for a message. */
export function resources({ cpu, memory }: { readonly cpu: number; readonly memory: number }): string {
  return `${cores(cpu)} cpu and ${bytes(memory)} memory`;
}
