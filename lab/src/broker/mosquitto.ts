import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './server-process.js';

/** A real broker that can be killed and restarted on the same ports. */
export class Mosquitto extends ServerProcess {
  /** @param lines of mosquitto.conf, a listener among them; without a `log_type` among them, everything is logged */
  static async start(folder: string, lines: readonly string[]): Promise<Mosquitto> {
    const configuration = join(folder, 'mosquitto.conf');
    // It says at the level of information that it is ready.
    const level = lines.some((line) => line.startsWith('log_type ')) ? 'information' : 'all';
    await writeFile(
      configuration,
      ['log_dest stderr', `log_type ${level}`, `user ${userInfo().username}`, ...lines, ''].join('\n'),
    );
    const broker = new Mosquitto({
      command: 'mosquitto',
      args: ['-c', configuration],
      ready: /mosquitto version .* running/,
    });
    await broker.start();
    return broker;
  }

  /** Makes the broker read its password and access files again. */
  reload(): void {
    this.signal('SIGHUP');
  }
}

/** Configuration lines for a broker without access control. */
export function openListener(port: number): readonly string[] {
  return [`listener ${port} 127.0.0.1`, 'allow_anonymous true'];
}
