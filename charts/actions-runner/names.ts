/** Namespace of the controller and of the listeners, which wait for jobs. */
export const ARC_NAMESPACE = 'arc-systems';
/** Namespace of the runners. */
export const RUNNERS_NAMESPACE = 'arc-runners';
/** Release of the controller's chart, and its ServiceAccount. */
export const CONTROLLER = 'arc-controller';
/** Secret in the runners' namespace by which the controller registers them. */
export const APP_SECRET = 'github-app';

/** Labels by which the controller's chart selects its pods. */
export const CONTROLLER_SELECTOR = { 'app.kubernetes.io/instance': CONTROLLER, 'app.kubernetes.io/name': 'gha-rs-controller' } as const;
/** Labels that the controller gives to listeners of all sets. */
export const LISTENER_SELECTOR = { 'app.kubernetes.io/component': 'runner-scale-set-listener' } as const;
/** Labels that the controller gives to runners of all sets. */
export const RUNNER_SELECTOR = { 'actions-ephemeral-runner': 'True' } as const;
