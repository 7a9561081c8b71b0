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
 * User and password as the camera knows them, not as an address writes them; `undefined` where there are none. Those
 * that stand inside of the address count where no others are given.
 */
export function credentialsOf({ url, username, password }: CameraAddress): Credentials | undefined {
  const address = new URL(url);
  const found = {
    username: username ?? decodePercent(address.username),
    password: password ?? decodePercent(address.password),
  };
  return found.username === '' && found.password === '' ? undefined : found;
}

/** The address with user and password in it, encoded so that whoever decodes it gets them back. */
export function withCredentials(camera: CameraAddress): URL {
  const address = new URL(camera.url);
  const { username, password } = credentialsOf(camera) ?? { username: '', password: '' };
  // The setters leave a percent sign as it is, which a reader of the address would take for the start of a code.
  address.username = encodeURIComponent(username);
  address.password = encodeURIComponent(password);
  return address;
}
