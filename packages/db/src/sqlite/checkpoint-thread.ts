import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

const connection = new Sqlite(workerData as string); // the path that checkpoints.ts gives
connection.pragma('synchronous = FULL');

parentPort?.on('message', (word: 'checkpoint' | 'close') => {
  if (word === 'checkpoint') {
    // PASSIVE waits for nobody, neither writer nor reader, and carries what it can.
    connection.pragma('wal_checkpoint(PASSIVE)');
    return;
  }
  connection.close();
  parentPort?.close();
});
