import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../support/stand-in-rpicam-vid.mjs', import.meta.url));

/** What the stand-in for rpicam-vid does; without `frames` it streams until it is stopped. */
export interface RpicamBehaviour {
  /** Frames before it does what `next` says: freezes, hangs, or exits with a code. */
  readonly frames?: number;
  readonly next?: 'freeze' | 'hang' | number;
  /** Writes to standard error as the real one does. */
  readonly noise?: boolean;
  /** Lines it writes to standard error at its start. */
  readonly says?: readonly string[];
  /** Bytes written at once. */
  readonly chunk?: number;
  /** Bytes from row to row. */
  readonly rowBytes?: number;
  /** Pads rows and raises sizes as the ISP of this model does. */
  readonly model?: 'pi4' | 'pi5';
  readonly ignoreTerm?: boolean;
  readonly noCamera?: boolean;
}

export interface RpicamRun {
  readonly pid: number;
  readonly args: readonly string[];
  /** What stood on its standard input, if the stand-in notes it. */
  readonly input?: string;
}

/** Puts a stand-in for rpicam-vid into a folder, under this name. */
export async function installRpicam(folder: string, name: string, behaviour: RpicamBehaviour): Promise<void> {
  await behaveAs(folder, behaviour);
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${SCRIPT}' '${folder}' "$@"\n`);
  await chmod(file, 0o755);
}

/** What the next run does. */
export async function behaveAs(folder: string, behaviour: RpicamBehaviour): Promise<void> {
  await writeFile(join(folder, 'behaviour.json'), JSON.stringify(behaviour));
}

/** The runs so far. */
export async function runsIn(folder: string): Promise<RpicamRun[]> {
  const text = await readFile(join(folder, 'runs.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Whether a process of this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
