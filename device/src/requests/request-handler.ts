import type { Request, ResponseData, Verb } from '@inkcast/shared/messages';

/** The limits of a response. */
export interface ResponseBounds {
  /** Maximum bytes as JSON, if known. Only pictures can be made smaller. */
  readonly maxBytes: number;
  /** Whether an earlier response to the same request was refused. */
  readonly again: boolean;
}

/** For responses without limits. */
export const UNBOUNDED: ResponseBounds = { maxBytes: Number.POSITIVE_INFINITY, again: false };

/** Answers the requests of one verb. Its errors become error responses. */
export type RequestHandler<V extends Verb> = (
  request: Request<V>,
  bounds: ResponseBounds,
) => ResponseData<V> | Promise<ResponseData<V>>;

export type RequestHandlers = { readonly [V in Verb]: RequestHandler<V> };
