/** Time of one phase, in seconds. */
export interface Time {
  /** CPU in the program itself, all threads (so with garbage collection). */
  readonly user: number;
  /** CPU in the kernel. */
  readonly system: number;
  readonly wall: number;
}

export const NO_TIME: Time = { user: 0, system: 0, wall: 0 };

/** What a measured program does, in the order of a table. */
export type Phase = 'build' | 'render' | 'check' | 'write';

/** Measures the phases of this process. A phase inside another one counts for itself only. */
export class Meter {
  readonly times = new Map<Phase, Time>();
  private nested = NO_TIME;

  /** Runs `work` and adds its time to the phase's. */
  phase<T>(name: Phase, work: () => T): T {
    const before = now();
    const outside = this.nested;
    this.nested = NO_TIME;
    try {
      return work();
    } finally {
      const spent = minus(now(), before);
      this.times.set(name, plus(this.times.get(name) ?? NO_TIME, minus(spent, this.nested)));
      this.nested = plus(outside, spent);
    }
  }
}

export function plus(a: Time, b: Time): Time {
  return { user: a.user + b.user, system: a.system + b.system, wall: a.wall + b.wall };
}

function minus(a: Time, b: Time): Time {
  return { user: a.user - b.user, system: a.system - b.system, wall: a.wall - b.wall };
}

function now(): Time {
  const { user, system } = process.cpuUsage();
  return { user: user / 1e6, system: system / 1e6, wall: performance.now() / 1e3 };
}
