/** Namespace of the controller. */
export const INGRESS_NGINX_NAMESPACE = 'ingress-nginx';

/** Names of its objects, as upstream gives them. */
export const NAMES = {
  account: 'ingress-nginx',
  controller: 'ingress-nginx-controller',
  admission: 'ingress-nginx-admission',
  admissionService: 'ingress-nginx-controller-admission',
  lease: 'ingress-nginx-leader',
  ingressClass: 'nginx',
} as const;

/** What an IngressClass of this controller says. */
export const CONTROLLER_CLASS = 'k8s.io/ingress-nginx';

/** Seconds between SIGTERM and SIGKILL, as told to the parts that share them. */
export const ENDING = {
  /** The load balancer still sends connections until it has taken the pod out. */
  stillTaken: 60,
  /** Requests under way may end. */
  requestsEnd: 100,
  /** All of it, with the program's own pause at the end. */
  grace: 180,
} as const;
