import { z } from 'zod';
import { configSchema } from './config.js';
import { PATH_FORMAT } from './path-schema.js';

/** One key that a configuration may hold. */
export interface ConfigKey {
  /** Names of the sections and of the key: `['reading', 'tracking', 'holdMs']`. */
  readonly path: readonly string[];
  readonly description: string;
  /** What it may be, in words. */
  readonly allowed: string;
  /** Its default in words; undefined where there is none. */
  readonly fallback: string | undefined;
  /** Whether it holds the path of a file or folder. */
  readonly isPath: boolean;
  /** Whether it takes nothing but text, so that a value such as `0123` from the environment stays as it is. */
  readonly isText: boolean;
  /** Whether it can be set while the daemon runs. */
  readonly isLive: boolean;
}

/** What is used of the JSON Schema of a key or of a section. */
const nodeSchema = z.object({
  type: z.string().optional(),
  description: z.string().default(''),
  defaultText: z.string().optional(),
  /** In words, where the schema's own would not do. */
  allowed: z.string().optional(),
  default: z.json().optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  format: z.string().optional(),
  live: z.boolean().default(false),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  get properties() {
    return z.record(z.string(), nodeSchema).optional();
  },
  get oneOf() {
    return z.array(nodeSchema).optional();
  },
});

type Node = z.infer<typeof nodeSchema>;

/** Every key, section by section; keys of alternatives, such as those of the cameras, one after the other. */
export function configKeys(): ConfigKey[] {
  const root = nodeSchema.parse(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }));
  return keysBelow(root, [], false);
}

/** @param liveAbove whether a section that holds the node is marked live, and with it all that it holds */
function keysBelow(node: Node, path: readonly string[], liveAbove: boolean): ConfigKey[] {
  const isLive = liveAbove || node.live;
  if (node.oneOf !== undefined) return node.oneOf.flatMap((alternative) => keysBelow(alternative, path, isLive));
  if (node.properties !== undefined) {
    return Object.entries(node.properties).flatMap(([name, child]) => keysBelow(child, [...path, name], isLive));
  }
  return [
    {
      path,
      description: node.description,
      allowed: allowedBy(node),
      fallback: node.defaultText ?? (node.default === undefined ? undefined : JSON.stringify(node.default)),
      isPath: node.format === PATH_FORMAT,
      isText: node.type === 'string',
      isLive,
    },
  ];
}

function allowedBy(node: Node): string {
  if (node.allowed !== undefined) return node.allowed;
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return node.enum.map((value) => JSON.stringify(value)).join(', ');
  if (node.format === PATH_FORMAT) return 'path';
  if (node.type === 'string') return 'text';
  if (node.type === 'boolean') return 'true, false';
  if (node.type === 'number' || node.type === 'integer') return numbersOf(node);
  return 'list';
}

function numbersOf({ type, minimum, maximum, exclusiveMinimum }: Node): string {
  const kind = type === 'integer' ? 'whole number' : 'number';
  const from = exclusiveMinimum === undefined ? (minimum ?? undefined) : `above ${exclusiveMinimum}`;
  // Zod writes the bounds of safe integers where none are given.
  const to = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (from === undefined || from === Number.MIN_SAFE_INTEGER) return to === undefined ? kind : `${kind} up to ${to}`;
  if (to === undefined) return `${kind}${typeof from === 'number' ? ` from ${from}` : ` ${from}`}`;
  return typeof from === 'number' ? `${kind} from ${from} to ${to}` : `${kind} ${from}, up to ${to}`;
}
