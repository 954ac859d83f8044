/**
 * A shell program that tells PgBouncer to read its files again when mounted secrets change: PgBouncer reads the user list only at its
 * start and on RELOAD. The kubelet swaps the link `..data` of a secret's folder as a whole, so watching the link misses nothing.
 * The image needs `sh` and `psql`.
 * @param folders - of the secrets
 * @param socketFolder - of PgBouncer's Unix socket, over which its own user may enter the console
 */
export function reloadScript(folders: readonly string[], socketFolder: string, port: number): string {
  const state = folders.map((folder) => `$(readlink ${folder}/..data)`).join(' ');
  return [
    "trap 'exit 0' TERM",
    `seen="${state}"`,
    'while true; do',
    '  sleep 5 & wait $!',
    `  now="${state}"`,
    '  [ "$now" = "$seen" ] && continue',
    `  psql --host=${socketFolder} --port=${port} --username=pgbouncer --dbname=pgbouncer --command=RELOAD && seen="$now"`,
    'done',
    '',
  ].join('\n');
}
