import { constants, type Stats } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { asInkError, InkError, reasonOf } from '@inkcast/shared/errors';
import { makeFolder } from '@inkcast/shared/files';
import type { FSWatcher } from 'chokidar';
import { decodePicture, frameOf } from './decode-picture.js';
import { captureTime } from './frame.js';
import type { FrameSink, FrameSource } from './frame-source.js';
import type { WatchOptions } from './options/index.js';
import { isPicture } from './picture-format.js';
import { moveInto } from './put-away.js';
import { SettlingFiles } from './settling-files.js';
import { UnreadableNames } from './unreadable-names.js';

/** Milliseconds between checks whether the folder exists, because the watcher does not always notice its removal. */
const LOOK_EVERY = 2000;

/** Reads pictures that appear in a folder: each once, when it is complete, in the order of their arrival. */
export class WatchSource implements FrameSource {
  readonly #options: WatchOptions;
  #watcher: FSWatcher | undefined;
  #settling: SettlingFiles | undefined;
  #presence: NodeJS.Timeout | undefined;
  #stopping = false;
  #sequence = 0;
  /** Resolves when all waiting pictures have been read, one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /**
   * @throws InkError INK_CAMERA_FAILED if the folder cannot be watched, or the folder for read pictures cannot be made
   */
  async start(sink: FrameSink): Promise<void> {
    const { folder, recursive, existing, moveTo, settledMs, poll } = this.#options;
    try {
      await access(folder, constants.R_OK);
      if (moveTo !== undefined) makeFolder(moveTo);
    } catch (cause) {
      throw failed(cause, 'Check the path and its permissions.');
    }
    // Loaded only where a folder is watched.
    const { watch } = await import('chokidar');
    if (this.#stopping) return;
    let over = false;
    const ended = (error: InkError) => {
      clearInterval(this.#presence);
      if (!this.#stopping && !over) sink.end(error);
      over = true;
    };
    const gone = () => ended(new InkError('INK_CAMERA_FAILED', `The folder ${folder} has been taken away.`));
    const take = (file: string) => {
      this.#queue = this.#queue.then(() => this.#read(sink, file));
    };
    const settling = new SettlingFiles(settledMs, take);
    this.#settling = settling;
    const names = new UnreadableNames(folder, recursive);
    const lookAtNames = async () => {
      for (const problem of await names.look()) sink.fault(problem);
    };
    let ready = false;
    const appeared = (file: string, stats?: Stats) => {
      // A pipe would be waited for without an end.
      if (!isPicture(file) || stats?.isFile() === false) return;
      // What was there before is complete.
      if (ready) settling.changed(file);
      else take(file);
    };
    this.#watcher = watch(folder, {
      ...(recursive ? {} : { depth: 0 }),
      // Pictures that were moved away must not be read again.
      ...(moveTo === undefined || isWithin(folder, moveTo) ? {} : { ignored: (path) => isWithin(path, moveTo) }),
      ignoreInitial: !existing,
      usePolling: poll,
    })
      .on('add', appeared)
      .on('change', appeared)
      .on('unlinkDir', (path) => {
        if (path === folder) gone();
      })
      .on('raw', (_event, name) => {
        if (UnreadableNames.has(name)) void lookAtNames();
      });
    const watcher = this.#watcher;
    await new Promise<void>((resolve) => {
      watcher.once('ready', resolve).on('error', (cause) => {
        // A file that cannot be looked at leaves the others readable.
        const problem = problemOfFile(cause, folder);
        if (problem !== undefined) return sink.fault(problem);
        ended(failed(cause));
        resolve();
      });
    });
    ready = true;
    if (this.#stopping || over) return;
    await lookAtNames();
    this.#presence = setInterval(() => {
      access(folder).then(poll ? lookAtNames : undefined, gone);
    }, LOOK_EVERY);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#presence);
    this.#settling?.stop();
    await this.#watcher?.close();
    await this.#queue;
  }

  async #read(sink: FrameSink, file: string): Promise<void> {
    if (this.#stopping) return;
    try {
      const picture = await decodePicture(file);
      if (this.#stopping) return;
      await sink.frame(frameOf(picture, { ...captureTime(), sequence: this.#sequence++, file }));
      await this.#putAway(file);
    } catch (error) {
      sink.fault(asInkError(error));
    }
  }

  async #putAway(file: string): Promise<void> {
    const { folder, after, moveTo } = this.#options;
    try {
      if (after === 'delete') await rm(file);
      if (moveTo !== undefined) await moveInto(moveTo, relative(folder, file), file);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new InkError('INK_FILE_UNWRITABLE', `${file} has been read but cannot be put away: ${reason}.`, { cause });
    }
  }
}

/** Whether a path is a folder itself or lies below it. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

/** System errors that concern the watcher, whatever file they name: too many watched or open files. */
const WATCHER_ERRORS = ['ENOSPC', 'EMFILE', 'ENFILE', 'ENOMEM'];

/** The problem of a single file or folder below `folder`; undefined if the error concerns more. */
function problemOfFile(cause: unknown, folder: string): InkError | undefined {
  if (!(cause instanceof Error && 'path' in cause && 'code' in cause)) return undefined;
  const path = String(cause.path);
  const isBelow = path !== folder && isWithin(path, folder);
  if (!isBelow || WATCHER_ERRORS.includes(String(cause.code))) return undefined;
  return new InkError('INK_FILE_UNREADABLE', `${path} cannot be read: ${reasonOf(cause)}.`, { cause });
}

function failed(cause: unknown, remedy?: string): InkError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const options = remedy === undefined ? { cause } : { cause, remedy };
  return new InkError('INK_CAMERA_FAILED', `The folder cannot be watched: ${reason}.`, options);
}
