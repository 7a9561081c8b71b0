export type StateClass = 'measurement' | 'total' | 'total_increasing';

export const STATE_CLASSES = ['measurement', 'total', 'total_increasing'] as const satisfies readonly StateClass[];

/** What Home Assistant allows with a device class. */
interface Allowed {
  /** Null stands for no unit. Without a list, any unit is allowed. */
  readonly units?: readonly (string | null)[];
  readonly states: readonly StateClass[];
}

const ANY = STATE_CLASSES;
const NOW = ['measurement'] as const;
const SUM = ['total', 'total_increasing'] as const;

const MICROGRAMS = ['µg/m³'];
const ENERGY = [
  ['J', 'kJ', 'MJ', 'GJ'],
  ['mWh', 'Wh', 'kWh', 'MWh', 'GWh', 'TWh'],
  ['cal', 'kcal', 'Mcal', 'Gcal'],
].flat();
const FLOW_OF_RAIN = ['in/d', 'in/h', 'mm/d', 'mm/h'];
const PRESSURE = ['mPa', 'Pa', 'hPa', 'kPa', 'bar', 'cbar', 'mbar', 'mmHg', 'inHg', 'inH₂O', 'psi'];
const SPEED = ['m/s', 'mm/s', 'm/min', 'km/h', 'in/s', 'ft/s', 'mph', 'kn', 'Beaufort'];
const VOLUME = ['m³', 'L', 'mL', 'ft³', 'CCF', 'MCF', 'gal', 'fl. oz.'];

/**
 * Home Assistant's device classes for sensors with a number, with the allowed units and state classes
 * (developers.home-assistant.io, "Sensor entity"; the tables DEVICE_CLASS_UNITS and DEVICE_CLASS_STATE_CLASSES of its
 * sensor component).
 */
const CLASSES = {
  absolute_humidity: { units: ['g/m³', 'mg/m³'], states: NOW },
  apparent_power: { units: ['mVA', 'VA', 'kVA'], states: NOW },
  aqi: { units: [null], states: NOW },
  area: { units: ['m²', 'cm²', 'km²', 'mm²', 'in²', 'ft²', 'yd²', 'mi²', 'ac', 'ha'], states: ANY },
  atmospheric_pressure: { units: PRESSURE, states: NOW },
  battery: { units: ['%'], states: NOW },
  blood_glucose_concentration: { units: ['mg/dL', 'mmol/L'], states: NOW },
  carbon_dioxide: { units: ['ppm'], states: NOW },
  carbon_monoxide: { units: ['ppm', 'ppb', 'mg/m³', 'µg/m³'], states: NOW },
  conductivity: { units: ['S/cm', 'mS/cm', 'µS/cm'], states: NOW },
  current: { units: ['A', 'mA'], states: NOW },
  data_rate: {
    units: ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'B/s', 'kB/s', 'MB/s', 'GB/s', 'KiB/s', 'MiB/s', 'GiB/s'],
    states: NOW,
  },
  data_size: {
    units: ['bit', 'kbit', 'Mbit', 'Gbit', 'B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'].concat([
      'KiB',
      'MiB',
      'GiB',
      'TiB',
      'PiB',
      'EiB',
      'ZiB',
      'YiB',
    ]),
    states: ANY,
  },
  distance: { units: ['m', 'mm', 'cm', 'km', 'in', 'ft', 'yd', 'mi', 'nmi'], states: ANY },
  duration: { units: ['d', 'h', 'min', 's', 'ms', 'µs'], states: ANY },
  energy: { units: ENERGY, states: SUM },
  energy_distance: { units: ['kWh/100km', 'Wh/km', 'mi/kWh', 'km/kWh'], states: NOW },
  energy_storage: { units: ENERGY, states: NOW },
  frequency: { units: ['Hz', 'kHz', 'MHz', 'GHz'], states: NOW },
  gas: { units: ['m³', 'L', 'ft³', 'CCF', 'MCF'], states: SUM },
  humidity: { units: ['%'], states: NOW },
  illuminance: { units: ['lx'], states: NOW },
  irradiance: { units: ['W/m²', 'BTU/(h⋅ft²)'], states: NOW },
  moisture: { units: ['%'], states: NOW },
  monetary: { states: ['total'] },
  nitrogen_dioxide: { units: MICROGRAMS, states: NOW },
  nitrogen_monoxide: { units: MICROGRAMS, states: NOW },
  nitrous_oxide: { units: MICROGRAMS, states: NOW },
  ozone: { units: MICROGRAMS, states: NOW },
  ph: { units: [null], states: NOW },
  pm1: { units: MICROGRAMS, states: NOW },
  pm10: { units: MICROGRAMS, states: NOW },
  pm25: { units: MICROGRAMS, states: NOW },
  power: { units: ['mW', 'W', 'kW', 'MW', 'GW', 'TW', 'BTU/h'], states: NOW },
  power_factor: { units: ['%', null], states: NOW },
  precipitation: { units: ['cm', 'mm', 'in'], states: ANY },
  precipitation_intensity: { units: FLOW_OF_RAIN, states: NOW },
  pressure: { units: PRESSURE, states: NOW },
  reactive_energy: { units: ['varh', 'kvarh'], states: SUM },
  reactive_power: { units: ['mvar', 'var', 'kvar'], states: NOW },
  signal_strength: { units: ['dB', 'dBm'], states: NOW },
  sound_pressure: { units: ['dB', 'dBA'], states: NOW },
  speed: { units: [...SPEED, ...FLOW_OF_RAIN], states: NOW },
  sulphur_dioxide: { units: MICROGRAMS, states: NOW },
  temperature: { units: ['°C', '°F', 'K'], states: NOW },
  temperature_delta: { units: ['°C', '°F', 'K'], states: NOW },
  volatile_organic_compounds: { units: ['µg/m³', 'mg/m³'], states: NOW },
  volatile_organic_compounds_parts: { units: ['ppm', 'ppb'], states: NOW },
  voltage: { units: ['V', 'mV', 'µV', 'kV', 'MV'], states: NOW },
  volume: { units: VOLUME, states: SUM },
  volume_flow_rate: {
    units: ['m³/h', 'm³/min', 'm³/s', 'L/h', 'L/min', 'L/s', 'mL/s', 'ft³/min', 'gal/h', 'gal/min', 'gal/d'],
    states: NOW,
  },
  volume_storage: { units: VOLUME, states: NOW },
  water: { units: ['m³', 'L', 'ft³', 'CCF', 'MCF', 'gal'], states: SUM },
  weight: { units: ['kg', 'g', 'mg', 'µg', 'oz', 'lb', 'st'], states: ANY },
  wind_direction: { units: ['°'], states: [] },
  wind_speed: { units: SPEED, states: NOW },
} as const satisfies Readonly<Record<string, Allowed>>;

export type DeviceClass = keyof typeof CLASSES;

const isDeviceClass = (name: string): name is DeviceClass => name in CLASSES;

export const DEVICE_CLASSES: readonly DeviceClass[] = Object.keys(CLASSES).filter(isDeviceClass);

/** The kind of a number in Home Assistant's terms. */
export interface SensorClasses {
  readonly deviceClass?: DeviceClass;
  readonly stateClass?: StateClass;
  readonly unit?: string;
}

export interface ClassFault {
  readonly key: 'unit' | 'stateClass';
  /** Continues the name of the key: `must be kWh or Wh with the device class energy`. */
  readonly message: string;
}

/**
 * What Home Assistant would refuse in a combination of device class, unit and state class; undefined if it accepts all
 * of it.
 */
export function classFault({ deviceClass, stateClass, unit }: SensorClasses): ClassFault | undefined {
  if (deviceClass === undefined) return undefined;
  const { units, states }: Allowed = CLASSES[deviceClass];
  const beside = `with the device class ${deviceClass}`;
  if (units !== undefined && !units.includes(plainMicro(unit) ?? null)) {
    const named = units.filter((one) => one !== null);
    const message = named.length === 0 ? 'must be left out' : `must be ${oneOf(named)}`;
    return { key: 'unit', message: `${message} ${beside}` };
  }
  if (stateClass !== undefined && !states.includes(stateClass)) {
    const message = states.length === 0 ? 'must be left out' : `must be ${oneOf(states)}, or left out,`;
    return { key: 'stateClass', message: `${message} ${beside}` };
  }
  return undefined;
}

/** Two characters that look the same are used for micro; Home Assistant accepts both. */
function plainMicro(unit: string | undefined): string | undefined {
  return unit?.replace('\u03bc', '\u00b5');
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? words[0] : `one of ${words.join(', ')}`;
}
