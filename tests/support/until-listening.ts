import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Resolves when somebody listens on a port of 127.0.0.1, which other programs do not tell otherwise. */
export async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const listening = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (listening) return;
    await wait(20);
  }
}
