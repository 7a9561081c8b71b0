import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { inRepository } from '../../repository/index.js';

// This is Debian's Python, which finds Debian's packages, whatever is first on the PATH.
const PYTHON = '/usr/bin/python3';
const PEER = inRepository('lab/src/bench/training/pytorch_step.py');

/** The version of PyTorch, or undefined where it is not installed. */
export async function findPyTorch(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(PYTHON, ['-c', 'import torch; print(torch.__version__)']);
    return stdout.trim();
  } catch {
    return undefined;
  }
}

const peerResult = z.object({ msPerStep: z.number(), blas: z.string() });

/** The median time of the same step by PyTorch, in milliseconds, and the BLAS that it ran on. */
export async function timePyTorchSteps(threads: number, steps: number): Promise<z.infer<typeof peerResult>> {
  // OpenBLAS must not start its own threads: together with PyTorch's, two threads are slower than one.
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: String(threads) };
  const { stdout } = await promisify(execFile)(PYTHON, [PEER, String(threads), String(steps)], { env });
  return peerResult.parse(JSON.parse(stdout));
}
