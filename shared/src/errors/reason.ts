const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than the system allows',
  EROFS: 'the file system is read-only',
  ELOOP: 'its links lead in a circle',
  EEXIST: 'a file of that name is in the way',
};

/** The system's reason for a failed file operation, in words; the error's own message if there are none. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Node shows a name in another encoding with replacement characters, and looks for a file with those.
  if (code === 'ENOENT' && 'path' in error && String(error.path).includes('\uFFFD')) return 'its name is not in UTF-8';
  return REASONS[code] ?? error.message;
}
