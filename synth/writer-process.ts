import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * When a process started, as a word that tells it from a later process with the same id. A process that has ended and that nobody waited for
 * (a zombie) counts as gone.
 *
 * @returns undefined when there is no such process
 */
export function startOfProcess(pid: number): string | undefined {
  const text = process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
  return text?.replace(/[^A-Za-z0-9]/g, '');
}

/** Whether the process with this id is still the one that started then. */
export function isAlive(pid: number, started: string): boolean {
  return startOfProcess(pid) === started;
}

/** Names the boot and the process namespace, so that process ids of two containers or machines that share a folder are not confused. */
export function placeOfProcesses(): string {
  place ??= readPlace().replace(/[^A-Za-z0-9]/g, '');
  return place;
}

let place: string | undefined;

function readPlace(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 13) + readlinkSync('/proc/self/ns/pid');
  } catch {
    return hostname();
  }
}

/** Field 22 of `/proc/<pid>/stat`, in clock ticks since boot. The second field is a name that may hold spaces and brackets. */
function startFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** Where there is no /proc (macOS, the BSDs). `ps` exits with 1 when there is no such process. */
function startFromPs(pid: number): string | undefined {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [state = 'Z', ...start] = line.trim().split(/\s+/);
    return state.startsWith('Z') ? undefined : start.join('');
  } catch {
    return undefined;
  }
}
