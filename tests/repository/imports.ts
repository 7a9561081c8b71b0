import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
  /** The file that imports, below the folder that was asked for. */
  readonly file: string;
  /** As it is written. */
  readonly target: string;
}

/** The TypeScript files of a folder, AssemblyScript left out: it is built by itself, and imports only its own kind. */
export async function sourcesOf(folder: string): Promise<string[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true });
  return names.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.as.ts'));
}

/** What the files of a folder import or export again, types included. */
export async function importsOf(folder: string): Promise<Import[]> {
  const found = await Promise.all(
    (await sourcesOf(folder)).map(async (name) => {
      const text = await readFile(join(ROOT, folder, name), 'utf8');
      const targets = [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g)].map(([, target]) => target);
      return targets.map((target) => ({ file: name, target }));
    }),
  );
  return found.flat();
}

/** Files of a folder that import more than types from what begins so. */
export async function valueImportsOf(folder: string, prefix: string): Promise<string[]> {
  const texts = await Promise.all(
    (await sourcesOf(folder)).map(async (name) => ({ name, text: await readFile(join(ROOT, folder, name), 'utf8') })),
  );
  const pattern = new RegExp(`^(?:import|export)(?! type\\b)[^;]*'${prefix}`, 'm');
  return texts.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
}
