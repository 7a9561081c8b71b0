import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface BrowserBundle {
  /** It leaves what the entry exports in a variable. */
  readonly script: string;
  readonly metafile: Metafile;
  /** The files in it. */
  readonly inputs: readonly string[];
}

/** Bundles a module for a browser, as one script. @param contents of the module @param globalName of the variable */
export async function bundleForBrowser(contents: string, globalName: string): Promise<BrowserBundle> {
  const result = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    ...{ absWorkingDir: ROOT, bundle: true, metafile: true, write: false, logLevel: 'silent' },
    ...{ platform: 'browser', conditions: ['inkcast-source'], format: 'iife', globalName },
    define: { 'import.meta.url': `"https://${globalName}.example/${globalName}.js"` },
  });
  const { metafile } = result;
  const inputs = Object.keys(metafile.inputs).filter((path) => path !== '<stdin>');
  return { script: result.outputFiles[0].text, metafile, inputs };
}

/** What a bundle leaves to its platform to import; nothing, for a browser. */
export const externalsOf = ({ metafile }: BrowserBundle): readonly string[] =>
  Object.values(metafile.inputs)
    .flatMap((input) => input.imports)
    .filter(({ external }) => external === true)
    .map(({ path }) => path);
