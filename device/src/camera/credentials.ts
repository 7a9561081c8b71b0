export interface Credentials {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

/** The address with user and password in it; those it may hold itself count where no others are given. */
export function withCredentials({ url, username, password }: Credentials): URL {
  const address = new URL(url);
  // The setters encode what an address cannot hold.
  if (username !== undefined) address.username = username;
  if (password !== undefined) address.password = password;
  return address;
}
