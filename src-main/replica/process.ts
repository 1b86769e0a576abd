import { toReplica } from '../ipc/replicaMessages';
import { Replica } from './replica';

/** Entry of the utility process that owns replica.db: takes what main sends, and ends when main asks or is gone. */
const main = process.parentPort;

// patients' names lie in these files: readable by this user alone
process.umask(0o077);

// Ctrl-C reaches every process of the terminal; main alone decides the order in which they end
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

const replica = new Replica({
  tell: (message) => main.postMessage(message),
  report: (sentence) => process.stderr.write(`replica: ${sentence}\n`),
});

main.on('message', ({ data, ports }) => {
  const message = toReplica.parse(data);
  switch (message.type) {
    case 'open':
      replica.open(message);
      break;
    case 'link':
      replica.connectTo(message.link);
      break;
    case 'window': {
      const [port] = ports;
      if (port) replica.addWindow(message.kind, message.windowId, port);
      break;
    }
    case 'stop':
      replica.stop();
      process.exit(0);
  }
});
