import { decodePercent } from '@inkcast/shared/addresses';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface CameraAddress {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

/**
 * User and password in plain text, without the encoding of an address; `undefined` if there are none. Explicit ones
 * take precedence over those in the address.
 */
export function credentialsOf({ url, username, password }: CameraAddress): Credentials | undefined {
  const address = new URL(url);
  const found = {
    username: username ?? decodePercent(address.username),
    password: password ?? decodePercent(address.password),
  };
  return found.username === '' && found.password === '' ? undefined : found;
}

/** The address with user and password, encoded so that decoding it gives them back. */
export function withCredentials(camera: CameraAddress): URL {
  const address = new URL(camera.url);
  const { username, password } = credentialsOf(camera) ?? { username: '', password: '' };
  // The setters of URL do not encode a percent sign, and a reader of the address would take it for an escape.
  address.username = encodeURIComponent(username);
  address.password = encodeURIComponent(password);
  return address;
}
