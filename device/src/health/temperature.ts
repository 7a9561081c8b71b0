import { readFile } from 'node:fs/promises';

/** The kernel's first thermal zone, which is the processor's on a Raspberry Pi, in thousandths of a degree. */
const ZONE = '/sys/class/thermal/thermal_zone0/temp';

/** Of the processor, in degrees Celsius; null where the system does not tell. */
export async function processorTemperature(): Promise<number | null> {
  const text = await readFile(ZONE, 'utf8').catch(() => '');
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? null : value / 1000;
}
