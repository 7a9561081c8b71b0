import type { Json } from '../api/index.js';
import { type Corners, cornersOf, type Rectangle, type Shape } from './geometry.js';

/** Rules of one region, as texts that are edited; empty where there is none. */
export interface EditedRules {
  readonly digitCount: string;
  readonly decimalPlaces: string;
  readonly min: string;
  readonly max: string;
  readonly monotonic: boolean;
  readonly maxPerHour: string;
}

/** One part of the frame that is read by itself. */
export interface Area {
  /** Null for the only area of a device without named regions. */
  readonly name: string | null;
  readonly shape: Shape;
  /** Form of what stands in view; rows below one another are joined by newlines. */
  readonly expect: string;
  readonly rules: EditedRules;
  /** What the configuration says of the region and this page does not edit. */
  readonly others: StoredRegion;
}

/** A region as `vision.regions` has it. */
export interface StoredRegion {
  readonly name?: string;
  readonly regionOfInterest?: Rectangle;
  readonly corners?: Corners;
  readonly expect?: Json;
  readonly rules?: Readonly<Record<string, Json>>;
  readonly homeassistant?: Json;
}

/** What the configuration says of the frame. */
export interface StoredFrame {
  readonly regionOfInterest?: Rectangle;
  readonly perspective?: Corners;
  readonly expect?: Json;
  readonly regions: readonly StoredRegion[];
}

const NUMBERS = ['digitCount', 'decimalPlaces'] as const;
const TEXTS = ['min', 'max', 'maxPerHour'] as const;

const NO_RULES: EditedRules = {
  digitCount: '',
  decimalPlaces: '',
  min: '',
  max: '',
  monotonic: false,
  maxPerHour: '',
};

/** The areas that a configuration names: its regions, or the one that has no name. */
export function areasOf({ regionOfInterest, perspective, expect, regions }: StoredFrame): readonly Area[] {
  if (regions.length > 0) return regions.map(namedArea);
  const shape = shapeOf(regionOfInterest, perspective);
  return [{ name: null, shape, expect: expectText(expect), rules: NO_RULES, others: optional({ expect }) }];
}

function namedArea(region: StoredRegion): Area {
  const { name = '', regionOfInterest, corners, expect, rules } = region;
  const shape = shapeOf(regionOfInterest, corners);
  return { name, shape, expect: expectText(expect), rules: editedRules(rules), others: region };
}

function shapeOf(rectangle: Rectangle | undefined, corners: Corners | undefined): Shape {
  if (corners !== undefined) return { kind: 'corners', corners };
  return rectangle === undefined ? { kind: 'whole' } : { kind: 'rectangle', rectangle };
}

/** Settings that say the same as the areas, by dotted key; null takes a value away. */
export function changesFor(areas: readonly Area[]): Record<string, Json> {
  const [first] = areas;
  if (areas.length === 1 && first.name === null) {
    const { regionOfInterest = null, corners = null } = storedShape(first.shape);
    return {
      'vision.regionOfInterest': json(regionOfInterest),
      'vision.perspective': json(corners),
      'vision.regions': null,
      'reading.expect': storedExpect(first) ?? null,
    };
  }
  return {
    'vision.regionOfInterest': null,
    'vision.perspective': null,
    'vision.regions': json(areas.map(storedRegion)),
  };
}

export function storedRegion(area: Area): StoredRegion {
  const { expect: _expect, rules: _rules, regionOfInterest: _region, corners: _corners, ...others } = area.others;
  const rules = storedRules(area);
  return {
    ...others,
    name: area.name ?? '',
    ...storedShape(area.shape),
    ...optional({ expect: storedExpect(area), rules }),
  };
}

/** As the preview is asked for. */
export function storedShape(shape: Shape): Pick<StoredRegion, 'regionOfInterest' | 'corners'> {
  if (shape.kind === 'rectangle') return { regionOfInterest: shape.rectangle };
  return shape.kind === 'corners' ? { corners: cornersOf(shape) } : {};
}

/** Undefined where nothing is expected. A form that this page cannot show stays as it is. */
export function storedExpect({ expect, others }: Area): Json | undefined {
  if (expect === expectText(others.expect)) return others.expect;
  const rows = expect.split('\n').map((row) => row.trim());
  const written = rows.filter((row) => row !== '');
  return written.length > 1 ? written : written[0];
}

function expectText(expect: Json | undefined): string {
  if (expect === undefined || expect === null) return '';
  if (typeof expect === 'string') return expect;
  return Array.isArray(expect) ? expect.join('\n') : JSON.stringify(expect);
}

function editedRules(rules: StoredRegion['rules'] = {}): EditedRules {
  const text = (key: string) => (rules[key] === undefined ? '' : String(rules[key]));
  return {
    digitCount: text('digitCount'),
    decimalPlaces: text('decimalPlaces'),
    min: text('min'),
    max: text('max'),
    monotonic: rules.monotonic === true,
    maxPerHour: text('maxPerHour'),
  };
}

/** Undefined where there are none. */
function storedRules({ rules, others }: Area): StoredRegion['rules'] {
  const stored: Record<string, Json> = {};
  for (const [key, value] of Object.entries(others.rules ?? {})) if (!(key in rules)) stored[key] = value;
  for (const key of NUMBERS) if (rules[key] !== '') stored[key] = Number(rules[key]);
  for (const key of TEXTS) if (rules[key] !== '') stored[key] = rules[key];
  if (rules.monotonic) stored.monotonic = true;
  return Object.keys(stored).length === 0 ? undefined : stored;
}

/** A new region beside others; the only area so far gets a name. */
export function withNewArea(areas: readonly Area[], shape: Shape): readonly Area[] {
  const named = areas.map((area) => ({ ...area, name: area.name ?? 'region-1' }));
  const names = new Set(named.map(({ name }) => name));
  let number = named.length + 1;
  while (names.has(`region-${number}`)) number += 1;
  return [...named, { name: `region-${number}`, shape, expect: '', rules: NO_RULES, others: {} }];
}

/** The last one goes back to a device without named regions. */
export function withoutArea(areas: readonly Area[], index: number): readonly Area[] {
  const left = areas.filter((_, at) => at !== index);
  return left.length > 0 ? left : areasOf({ regions: [] });
}

export function withArea(areas: readonly Area[], index: number, change: Partial<Area>): readonly Area[] {
  return areas.map((area, at) => (at === index ? { ...area, ...change } : area));
}

function optional<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key in values) {
    const value = values[key];
    if (isPresent(value)) present[key] = value;
  }
  return present;
}

function isPresent<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined;
}

/** Interfaces have no index signature, so that TypeScript does not see that they are JSON. */
function json(value: Rectangle | Corners | readonly StoredRegion[] | null): Json {
  return JSON.parse(JSON.stringify(value));
}
