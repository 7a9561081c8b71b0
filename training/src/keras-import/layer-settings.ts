import { z } from 'zod';
import type { Padding, Size2D } from '../models/index.js';
import { type Converted, unsupported } from '../network-assembly/index.js';
import type { KerasLayer } from './keras-graph.js';

/** An activation in a file: a function's name, in Keras 3 an object that contains its name, or a whole layer. */
const activationSchema = z.union([
  z.string(),
  z.object({ class_name: z.literal('function'), config: z.string() }).transform(({ config }) => config),
  z.object({ class_name: z.string(), config: z.record(z.string(), z.unknown()) }),
]);

type SavedActivation = z.infer<typeof activationSchema>;

const sideSchema = z.union([
  z.number().transform((side): Size2D => [side, side]),
  z
    .array(z.number())
    .length(2)
    .transform(([height, width]): Size2D => [height, width]),
  z
    .array(z.number())
    .length(1)
    .transform(([side]): Size2D => [side, side]),
]);

const paddingsSchema = z.union([
  sideSchema.transform(
    ([rows, columns]) =>
      [
        [rows, rows],
        [columns, columns],
      ] as const,
  ),
  z.tuple([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number()])]),
]);

/** The settings of one layer, which are JSON. If a setting has the wrong type, the layer is refused by name. */
export class LayerSettings implements Converted {
  readonly #layer: KerasLayer;

  constructor(layer: KerasLayer) {
    this.#layer = layer;
  }

  /** @throws InkError INK_CONVERT_UNSUPPORTED always, naming the layer. @param reason completes "Layer x (Conv2D) ..." */
  refuse(reason: string): never {
    throw unsupported(`Layer "${this.#layer.path}" (${this.#layer.className}) ${reason}`);
  }

  /** Refuses a setting whose value is not one of these. A missing setting is accepted. */
  only(key: string, ...allowed: readonly unknown[]): void {
    const value = this.#value(key);
    if (value === undefined || allowed.some((other) => JSON.stringify(other) === JSON.stringify(value))) return;
    this.refuse(`has ${key} ${JSON.stringify(value)}, which Inkcast's layers cannot have`);
  }

  flag(key: string, absent: boolean): boolean {
    return this.#parse(key, z.boolean()) ?? absent;
  }

  number(key: string, absent?: number): number {
    return this.#parse(key, z.number()) ?? absent ?? this.refuse(`has no ${key}`);
  }

  /** Height and width; a single number means both. */
  pair(key: string, absent?: Size2D): Size2D {
    return this.#parse(key, sideSchema) ?? absent ?? this.refuse(`has no ${key}`);
  }

  padding(): Padding {
    const padding = this.#parse('padding', z.string()) ?? 'valid';
    if (padding === 'same' || padding === 'valid') return padding;
    return this.refuse(`has padding "${padding}"`);
  }

  /** Rows above and below, columns to the left and right. */
  paddings(): readonly [readonly [number, number], readonly [number, number]] {
    return (
      this.#parse('padding', paddingsSchema) ?? [
        [1, 1],
        [1, 1],
      ]
    );
  }

  /** The function's name, or a layer. */
  activation(): SavedActivation {
    const value = this.#value('activation');
    if (value === undefined) return 'linear';
    const parsed = activationSchema.safeParse(value);
    return parsed.success ? parsed.data : this.refuse(`has activation ${JSON.stringify(value)}`);
  }

  /** The first of these settings that is a shape, without the batch. */
  shape(...keys: readonly string[]): readonly number[] | undefined {
    const schema = z.tuple([z.unknown()]).rest(z.int());
    for (const key of keys) {
      const shape = this.#parse(key, schema);
      if (shape !== undefined) return shape.slice(1).map(Number);
    }
    return undefined;
  }

  numbers(key: string, absent?: readonly number[]): readonly number[] {
    return this.#parse(key, z.array(z.number())) ?? absent ?? this.refuse(`has no ${key}`);
  }

  /** A list of axes, a single one, or null for none. */
  axes(key: string, absent: readonly number[]): readonly number[] {
    if (this.#layer.config[key] === null) return [];
    return this.#parse(key, z.union([z.array(z.number()), z.number().transform((axis) => [axis])])) ?? absent;
  }

  #value(key: string): unknown {
    return this.#layer.config[key] ?? undefined;
  }

  #parse<T>(key: string, schema: z.ZodType<T>): T | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : this.refuse(`has ${key} ${JSON.stringify(value)}`);
  }
}
