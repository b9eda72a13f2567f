import type { Connection } from './connection.ts';
import type { Transport } from './transport.ts';

/** What the functions of this package share: one cluster's name, credentials and sockets. */
export interface Api {
  readonly name: string;
  readonly connection: Connection;
  readonly transport: Transport;
}
