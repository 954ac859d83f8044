import { Value } from '../overlay/value';

/** How the kubelet asks a container whether it is well. */
export type ProbeCheck = HttpCheck | TcpCheck | GrpcCheck | ExecCheck;

export class HttpCheck extends Value {
  constructor(
    readonly httpPath: string,
    readonly scheme?: 'HTTPS',
  ) {
    super();
  }
}

export class TcpCheck extends Value {
  readonly tcp = true;
}

export class GrpcCheck extends Value {
  constructor(readonly grpcService: string | undefined) {
    super();
  }
}

export class ExecCheck extends Value {
  constructor(readonly exec: readonly string[]) {
    super();
  }
}

/** An HTTP GET that must answer 2xx or 3xx. */
export const http = (path: string): HttpCheck => new HttpCheck(path);

/** An HTTPS GET that must answer 2xx or 3xx; the kubelet does not check the certificate. */
export const https = (path: string): HttpCheck => new HttpCheck(path, 'HTTPS');

/** A TCP connection that must open. */
export const tcp = (): TcpCheck => new TcpCheck();

/** The gRPC health protocol. @param service - name of the service asked for; @default - the server as a whole */
export const grpc = (service?: string): GrpcCheck => new GrpcCheck(service);

/** A command inside the container that must exit 0. */
export const exec = (...command: readonly string[]): ExecCheck => new ExecCheck(command);

/** A probe of a container; times are in seconds. Defaults are the API server's where none is named. */
export interface Probe<Port extends string> {
  readonly check: ProbeCheck;
  /** Port that is asked. @default - the first of `ports` */
  readonly port?: Port;
  /** @default 0 */
  readonly initialDelaySeconds?: number;
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 1 */
  readonly timeoutSeconds?: number;
  /** Failures in a row that count as failed. @default 3 */
  readonly failureThreshold?: number;
}
