import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Page {
  /** Below the repository. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** Of its first line, from 1. */
  readonly line: number;
  readonly language: string;
  /** What the comment before it says of why it is not run. */
  readonly reason: string | undefined;
  readonly lines: readonly string[];
}

/** The READMEs and every page below `docs`, or below one of its folders. */
export async function pagesOf(...folders: readonly string[]): Promise<Page[]> {
  const below = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(ROOT, folder), { recursive: true });
      return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
    }),
  );
  const paths = ['README.md', 'README.zh-CN.md', ...below.flat().sort()];
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(ROOT, path), 'utf8') })));
}

export function blocksOf({ path, text }: Page): Block[] {
  const fenced = /(?:^ *<!-- not run: (.*?) -->\n\n)?^( *)```(\w*)\n([\s\S]*?)^ *```$/gm;
  return [...text.matchAll(fenced)].map((found) => {
    const [, reason, indent = '', language = '', content = ''] = found;
    const before = text.slice(0, text.indexOf('```', found.index));
    return {
      page: path,
      line: before.split('\n').length + 1,
      language,
      reason,
      lines: content
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(indent.length)),
    };
  });
}

/** The lines of a page that stand in no fenced block. */
export const prose = (text: string): string => text.replace(/^ *```[\s\S]*?^ *```$/gm, '');
