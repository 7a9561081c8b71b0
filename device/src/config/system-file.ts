/** Read where no file is named, and there is one; the service's. */
export const SYSTEM_FILE = '/etc/inkcast/inkcast.yaml';
