/**
 * Decodes a part of an address, such as a password (RFC 3986, 2.1). A percent sign that encodes nothing is kept,
 * because people type addresses like that.
 */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      // These bytes are not UTF-8.
      return codes;
    }
  });
}

/** Stands for user and password in an address that is shown. */
export const MASKED_CREDENTIALS = '//***@';

/**
 * User and password in an address: all up to the last @, because a password that is not encoded may hold any character, a
 * slash too. So a path with an @ is hidden as well.
 */
const CREDENTIALS = /\/\/[^\s"]*@/g;

/** A text without users and passwords in the addresses that it holds. */
export const maskCredentials = (text: string): string => text.replace(CREDENTIALS, MASKED_CREDENTIALS);

/** What `maskCredentials` hides of an address; undefined where it hides nothing. */
export const credentialsIn = (address: string): string | undefined => address.match(CREDENTIALS)?.[0];
