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
  /** Whether its value is shown to nobody. */
  readonly isSecret: boolean;
  /** Whether it says what is run, so that it is changed by nobody but who can write the file. */
  readonly isFileOnly: boolean;
  /** JSON Schema of its value. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The other key whose value decides whether there is this one, such as the kind of camera. */
  readonly onlyWhere?: { readonly path: readonly string[]; readonly value: Json };
}

type Json = z.core.util.JSONType;

/** What is used of the JSON Schema of a key or of a section. */
const nodeSchema = z.looseObject({
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

/** Every key, section by section; keys of alternatives, such as those of the cameras, one after the other. */
export function configKeys(): ConfigKey[] {
  const root = nodeSchema.parse(z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }));
  return keysBelow(root, [], { isLive: false });
}

/** What a section says of all that it holds. */
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

/** What tells an alternative from the others: its key that has one value only. */
function distinctionOf({ properties = {} }: Node, path: readonly string[]): Pick<ConfigKey, 'onlyWhere'> {
  const [name, { const: value }] = Object.entries(properties).find(([, child]) => child.const !== undefined) ?? [
    '',
    {},
  ];
  return value === undefined ? {} : { onlyWhere: { path: [...path, name], value } };
}

/** Without what is said of the key beside its schema. */
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
  // Zod writes the bounds of safe integers where none are given.
  const to = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (from === undefined || from === Number.MIN_SAFE_INTEGER) return to === undefined ? kind : `${kind} up to ${to}`;
  if (to === undefined) return `${kind}${typeof from === 'number' ? ` from ${from}` : ` ${from}`}`;
  return typeof from === 'number' ? `${kind} from ${from} to ${to}` : `${kind} ${from}, up to ${to}`;
}
