/** Name of the alert that always fires, where somebody outside waits for it. */
export const HEARTBEAT = 'Heartbeat';
