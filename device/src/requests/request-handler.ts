import type { Request, ResponseData, Verb } from '@inkcast/shared/messages';

/** Answers the requests of one verb. What it throws becomes an error response. */
export type RequestHandler<V extends Verb> = (request: Request<V>) => ResponseData<V> | Promise<ResponseData<V>>;

export type RequestHandlers = { readonly [V in Verb]: RequestHandler<V> };
