import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../', import.meta.url);

/** @param path relative to the repository's root */
export const inRepository = (path: string): string => fileURLToPath(new URL(path, ROOT));
