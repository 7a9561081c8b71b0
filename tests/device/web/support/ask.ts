import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { errorSchema } from '@inkcast/device/web';

export interface Asked {
  readonly method?: string;
  /** `host` and `origin` may be anything. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is where it is text. */
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Of an error, checked against its schema. */
  readonly code: string;
}

/** One request, with headers that browsers and fetch would not let a page set. @param ca whom to trust */
export async function ask(
  url: string,
  { method = 'GET', headers = {}, body }: Asked = {},
  ca?: string,
): Promise<Answer> {
  const json = typeof body === 'string' ? body : JSON.stringify(body);
  const type = body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' };
  const options = { method, headers: { ...type, ...headers }, agent: false };
  const asked = url.startsWith('https:') ? tlsRequest(url, { ...options, ca }) : request(url, options);
  asked.end(json);
  const [answer] = await once(asked, 'response');
  const text = (await buffer(answer)).toString('utf8');
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text,
    get code() {
      return errorSchema.parse(JSON.parse(text)).code;
    },
  };
}

/** Logs in. @returns the headers with which a browser's page would go on */
export async function logIn(url: string, user: string, password: string): Promise<Record<string, string>> {
  const { status, headers, text } = await ask(`${url}api/login`, { method: 'POST', body: { user, password } });
  if (status !== 200) throw new Error(text);
  const [cookie] = headers['set-cookie'] ?? [];
  return { cookie: cookie.split(';')[0], 'x-csrf-token': JSON.parse(text).csrfToken };
}
