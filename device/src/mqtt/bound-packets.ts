import { writeToStream } from 'mqtt-packet';

/**
 * Has the package encode each 16-bit number when it is sent. By default, the first packet makes a buffer of each of the
 * 65,536 numbers, which takes 8 MB for as long as the process runs.
 */
export function boundPackets(): void {
  writeToStream.cacheNumbers = false;
}
