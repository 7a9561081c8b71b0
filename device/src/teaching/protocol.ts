import type { ErrorCode } from '@inkcast/shared/errors';
import type { CallName, Input, Output } from './operations.js';

// The messages between the teaching database and the thread that holds it.

export interface Asked<K extends CallName> {
  readonly id: number;
  readonly name: K;
  readonly input: Input<K>;
}

export type Answered<K extends CallName> = { readonly id: number } & (
  | { readonly kind: 'done'; readonly output: Output<K> }
  | Failure
);

export interface Failure {
  readonly kind: 'failure';
  readonly message: string;
  /** Of what a caller did wrong; undefined where the database or its disk failed. */
  readonly code: ErrorCode | undefined;
  /** Whether the database is damaged, so that it must be set aside. */
  readonly isDamage: boolean;
}
