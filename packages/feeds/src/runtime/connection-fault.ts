/** What kept a connection or a request from working. */
export type ConnectionFaultKind = 'refused' | 'network' | 'timeout' | 'aborted';

/** The network's faults: the only thing a `Runtime` rejects with. Never leaves the package: it becomes an event. */
export class ConnectionFault extends Error {
  readonly kind: ConnectionFaultKind;

  constructor(kind: ConnectionFaultKind, message: string) {
    super(message);
    this.name = 'ConnectionFault';
    this.kind = kind;
  }
}

/** True for a fault of the network, false for a bug of ours. */
export function isConnectionFault(value: unknown): value is ConnectionFault {
  return value instanceof ConnectionFault;
}
