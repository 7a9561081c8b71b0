import { z } from 'zod';
import { configSchema } from './config.js';
import { PATH_FORMAT } from './path-schema.js';

/** One key of the configuration. */
export interface ConfigKey {
  /** Names of the sections and of the key: `['reading', 'tracking', 'holdMs']`. */
  readonly path: readonly string[];
  readonly description: string;
  /** The allowed values, in words. */
  readonly allowed: string;
  /** The default in words; undefined if there is none. */
  readonly fallback: string | undefined;
  /** Whether the value is the path of a file or folder. */
  readonly isPath: boolean;
  /**
   * Whether the value is always text, so that a value such as `0123` from the environment is not turned into a number.
   */
  readonly isText: boolean;
  /** Whether the key can be set while the daemon runs. */
  readonly isLive: boolean;
  /** Whether the value is never shown. */
  readonly isSecret: boolean;
  /** Whether the key names programs to run, so that only those who can write the file may change it. */
  readonly isFileOnly: boolean;
  /** JSON Schema of the value. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Another key that must have this value for the key to exist, such as the kind of camera. */
  readonly onlyWhere?: { readonly path: readonly string[]; readonly value: Json };
}

type Json = z.core.util.JSONType;

/** The part of a key's or section's JSON Schema that is used here. */
const nodeSchema = z.looseObject({
  type: z.string().optional(),
  description: z.string().default(''),
  defaultText: z.string().optional(),
  /** In words, if those derived from the schema would not fit. */
  allowed: z.string().optional(),
  default: z.json().optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  format: z.string().optional(),
  live: z.boolean().default(false),
  secret: z.boolean().default(false),
  fileOnly: z.boolean().default(false),
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

/** All keys, section by section. Keys of alternatives, such as the cameras, follow one another. */
export function configKeys(): ConfigKey[] {
  const root = nodeSchema.parse(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }));
  return keysBelow(root, [], { isLive: false });
}

/** The properties that a section passes on to its keys. */
type Inherited = Pick<ConfigKey, 'isLive' | 'onlyWhere'>;

function keysBelow(node: Node, path: readonly string[], above: Inherited): ConfigKey[] {
  const inherited = { ...above, isLive: above.isLive || node.live };
  if (node.oneOf !== undefined) {
    return node.oneOf.flatMap((one) => keysBelow(one, path, { ...inherited, ...distinctionOf(one, path) }));
  }
  if (node.properties !== undefined) {
    return Object.entries(node.properties).flatMap(([name, child]) => keysBelow(child, [...path, name], inherited));
  }
  return [
    {
      path,
      description: node.description,
      allowed: allowedBy(node),
      fallback: node.defaultText ?? (node.default === undefined ? undefined : JSON.stringify(node.default)),
      isPath: node.format === PATH_FORMAT,
      isText: node.type === 'string',
      isSecret: node.secret,
      isFileOnly: node.fileOnly,
      schema: schemaOf(node),
      ...inherited,
    },
  ];
}

/** The key with a single value that distinguishes an alternative from the others. */
function distinctionOf({ properties = {} }: Node, path: readonly string[]): Pick<ConfigKey, 'onlyWhere'> {
  const [name, { const: value }] = Object.entries(properties).find(([, child]) => child.const !== undefined) ?? [
    '',
    {},
  ];
  return value === undefined ? {} : { onlyWhere: { path: [...path, name], value } };
}

/** The schema without the metadata of the key. */
function schemaOf({ description, defaultText, allowed, live, secret, fileOnly, ...schema }: Node): ConfigKey['schema'] {
  return schema;
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
  // Zod writes the bounds of safe integers if there are no others.
  const to = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (from === undefined || from === Number.MIN_SAFE_INTEGER) return to === undefined ? kind : `${kind} up to ${to}`;
  if (to === undefined) return `${kind}${typeof from === 'number' ? ` from ${from}` : ` ${from}`}`;
  return typeof from === 'number' ? `${kind} from ${from} to ${to}` : `${kind} ${from}, up to ${to}`;
}
