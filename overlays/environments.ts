import type { EnvironmentPolicy } from '../charts/environment';
import type { EnvironmentName } from '../charts/overlay/value';

/** The policy of each environment: the one place where these values stand. */
export const environments: Readonly<Record<EnvironmentName, EnvironmentPolicy>> = {
  dev: {
    name: 'dev',
    branch: 'develop',
    sync: { platform: 'automatic', workloads: 'automatic', prune: true, selfHeal: true, confirmPrune: false, cascadeDelete: true },
    highAvailability: false,
    maxUnavailable: 1,
    zoneSpread: 'ScheduleAnyway',
    traceSampling: 1,
    retentionDays: { logs: 7, metrics: 7, backups: 7 },
    podSecurity: 'restricted',
    access: { admin: 'admin', developer: 'edit' },
  },
  staging: {
    name: 'staging',
    branch: 'staging',
    sync: { platform: 'automatic', workloads: 'automatic', prune: true, selfHeal: true, confirmPrune: false, cascadeDelete: false },
    highAvailability: true,
    maxUnavailable: 1,
    zoneSpread: 'ScheduleAnyway',
    traceSampling: 0.5,
    retentionDays: { logs: 30, metrics: 15, backups: 30 },
    podSecurity: 'restricted',
    access: { admin: 'admin', developer: 'view' },
  },
  production: {
    name: 'production',
    branch: 'main',
    sync: { platform: 'automatic', workloads: 'manual', prune: true, selfHeal: true, confirmPrune: true, cascadeDelete: false },
    highAvailability: true,
    maxUnavailable: 1,
    zoneSpread: 'DoNotSchedule',
    traceSampling: 0.1,
    retentionDays: { logs: 90, metrics: 30, backups: 90 },
    podSecurity: 'restricted',
    access: { admin: 'admin', developer: 'view' },
  },
};
