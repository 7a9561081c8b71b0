import type { core } from 'zod/mini';
import { InkError } from '../../errors/index.js';
import { type Judgement, judgementSchema } from '../../judgement/index.js';
import { parseJson as parsePlainJson } from '../../plain-data/parse-json.js';
import {
  type Bundle,
  type BundleSpotter,
  type BundleVerifier,
  EDGE_TPU_MODEL_FILE,
  MANIFEST_FILE,
  MODEL_FILE,
} from './bundle.js';
import { type BundleParts, type Manifest, manifestSchema, type VerifierDescription } from './manifest.js';
import { partFiles } from './part-files.js';
import { spotterFault } from './spotter-fault.js';
import { verifierFault } from './verifier-fault.js';

/** Where the files of a bundle are: in a folder, or on a web server. */
export interface BundleSource {
  /** The bundle's name in errors. */
  readonly folder: string;
  read(file: string): Promise<Uint8Array>;
  /** In hexadecimal digits; undefined if the platform has none, as browsers on pages without TLS. */
  sha256(bytes: Uint8Array): Promise<string | undefined>;
}

/** Either every listed file, or only the networks and the judgement. */
export type BundleExtent = 'all' | 'reading';

/**
 * Reads a bundle and checks it against its manifest: each file's size and SHA-256, and whether labels, metrics and
 * tensor shapes agree.
 *
 * @param extent with `reading`, the bundle has no files for learning or for accelerators
 * @throws InkError INK_BUNDLE_INVALID naming the file or key; what reading the manifest throws
 */
export async function readBundle(source: BundleSource, extent: BundleExtent = 'all'): Promise<Bundle> {
  const { folder } = source;
  const manifest = parseManifest(folder, await source.read(MANIFEST_FILE));
  checkConsistency(folder, manifest);
  const parts = extent === 'all' ? manifest : partsForReading(manifest);
  const { spotters = [], verifier, judgement, replay } = parts;
  const wanted = [MODEL_FILE, ...partFiles(parts)];
  const listedFiles = Object.entries(manifest.files).filter(([name]) => extent === 'all' || wanted.includes(name));
  const files = new Map(
    await Promise.all(
      listedFiles.map(async ([name, expected]) => [name, await readListedFile(source, name, expected)] as const),
    ),
  );
  const listed = (name: string): Uint8Array => {
    const bytes = files.get(name);
    if (bytes === undefined) throw invalid(folder, `its manifest lists no ${name}`);
    return bytes;
  };
  return {
    folder,
    manifest,
    files,
    model: listed(MODEL_FILE),
    edgeTpuModel: files.get(EDGE_TPU_MODEL_FILE),
    spotters: spotters.map((description): BundleSpotter => ({ description, model: listed(description.file) })),
    verifier: verifier && verifierOf(verifier, listed),
    judgement: judgement && parseJudgement(folder, judgement.file, listed(judgement.file)),
    replay: replay && listed(replay.file),
  };
}

function partsForReading({ spotters, verifier, judgement }: Manifest): BundleParts {
  if (verifier === undefined) return { spotters, judgement };
  const { learning: _, ...seeing } = verifier;
  return { spotters, judgement, verifier: seeing };
}

function verifierOf(description: VerifierDescription, listed: (name: string) => Uint8Array): BundleVerifier {
  const { file, learning } = description;
  const material = learning && { weights: listed(learning.weights), replay: listed(learning.replay) };
  return { description, model: listed(file), learning: material };
}

function parseManifest(folder: string, bytes: Uint8Array): Manifest {
  const parsed = manifestSchema.safeParse(parseJson(folder, MANIFEST_FILE, bytes));
  if (parsed.success) return parsed.data;
  throw invalid(folder, faultOf(MANIFEST_FILE, parsed.error));
}

function parseJudgement(folder: string, name: string, bytes: Uint8Array): Judgement {
  const parsed = judgementSchema.safeParse(parseJson(folder, name, bytes));
  if (parsed.success) return parsed.data;
  throw invalid(folder, faultOf(name, parsed.error));
}

/** The first fault of a file, with its key. */
function faultOf(file: string, { issues: [issue] }: core.$ZodError): string {
  return `${file} is wrong at ${issue.path.join('.') || 'the whole'}: ${issue.message}`;
}

function parseJson(folder: string, name: string, bytes: Uint8Array): unknown {
  try {
    return parsePlainJson(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw invalid(folder, `${name} is not JSON`, cause);
  }
}

function checkConsistency(folder: string, manifest: Manifest): void {
  const { labels, input, output, metrics, spotters = [], verifier } = manifest;
  const classes = labels.length;
  if (new Set(labels).size !== classes) throw invalid(folder, 'its manifest gives two outputs the same label');
  if (input.shape.length !== 4) throw invalid(folder, `its input has the shape [${input.shape}], not four sizes`);
  if (output.shape.at(-1) !== classes) {
    throw invalid(folder, `its manifest has ${classes} labels for an output of shape [${output.shape}]`);
  }
  for (const [kind, { perClass, confusion }] of Object.entries(metrics)) {
    const square = confusion.length === classes && confusion.every((row) => row.length === classes);
    if (perClass.length !== classes || !square) {
      throw invalid(folder, `its ${kind} metrics are not for ${classes} labels`);
    }
  }
  const fault = spotterFault(spotters) ?? (verifier && verifierFault(verifier));
  if (fault !== undefined) throw invalid(folder, fault);
}

async function readListedFile(
  source: BundleSource,
  name: string,
  expected: Manifest['files'][string],
): Promise<Uint8Array> {
  const { folder } = source;
  if (name.includes('/') || name === MANIFEST_FILE) throw invalid(folder, `"${name}" is not a file name to list`);
  const bytes = await source.read(name).catch((cause: unknown) => {
    throw invalid(folder, `${name} cannot be read`, cause);
  });
  if (bytes.length !== expected.size) {
    throw invalid(folder, `${name} has ${bytes.length} bytes, and its manifest says ${expected.size}`);
  }
  const found = await source.sha256(bytes);
  if (found !== undefined && found !== expected.sha256) {
    throw invalid(folder, `${name} was changed: its SHA-256 is another one`);
  }
  return bytes;
}

function invalid(folder: string, reason: string, cause?: unknown): InkError {
  return new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: ${reason}.`, { cause });
}
