import { readFile } from 'node:fs/promises';

/** The kernel's first thermal zone, in thousandths of a degree; on a Raspberry Pi, it is the processor's. */
const ZONE = '/sys/class/thermal/thermal_zone0/temp';

/** The processor's temperature in degrees Celsius; null if the system does not report it. */
export async function processorTemperature(): Promise<number | null> {
  const text = await readFile(ZONE, 'utf8').catch(() => '');
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? null : value / 1000;
}
