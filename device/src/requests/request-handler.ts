import type { Request, ResponseData, Verb } from '@inkcast/shared/messages';

/** What the broker takes of a response. */
export interface ResponseBounds {
  /** Bytes as JSON, as far as is known; only pictures can be made smaller. */
  readonly maxBytes: number;
  /** Whether the same request was answered before, by a response that was refused. */
  readonly again: boolean;
}

/** Where nothing bounds a response. */
export const UNBOUNDED: ResponseBounds = { maxBytes: Number.POSITIVE_INFINITY, again: false };

/** Answers the requests of one verb. What it throws becomes an error response. */
export type RequestHandler<V extends Verb> = (
  request: Request<V>,
  bounds: ResponseBounds,
) => ResponseData<V> | Promise<ResponseData<V>>;

export type RequestHandlers = { readonly [V in Verb]: RequestHandler<V> };
