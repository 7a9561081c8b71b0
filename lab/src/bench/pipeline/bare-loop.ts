import { decodePicture, WORKING_SIDE } from '@inkcast/device/camera';
import mqtt from 'mqtt';
import { sampleReading } from '../../broker/index.js';

const FRAMES = 100;

/**
 * Processor milliseconds a frame of the least that any program of this kind does: decode a picture with the same library
 * and publish a message of the same size with the same package. It reads nothing.
 */
export async function timeBareLoop(url: string, files: readonly string[]): Promise<number> {
  const client = await mqtt.connectAsync(url, { protocolVersion: 5 });
  const payload = JSON.stringify(sampleReading());
  try {
    const begun = process.cpuUsage();
    for (let frame = 0; frame < FRAMES; frame++) {
      const file = files[frame % files.length];
      await decodePicture(file, WORKING_SIDE);
      await client.publishAsync('bare', payload, { qos: 1 });
    }
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000 / FRAMES;
  } finally {
    await client.endAsync();
  }
}
