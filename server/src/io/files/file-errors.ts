// Says in words why the system refused to read or write a file, without its codes and calls.

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENXIO: 'it is not a regular file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  ELOOP: 'its link leads back to itself',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on the disk is used up',
  EROFS: 'the disk is read-only',
  EBUSY: 'another program uses it',
  ETXTBSY: 'another program uses it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk reports an error',
  EFBIG: 'the file is too large for the disk',
  EAGAIN: 'it gives no data',
};

/** @returns a part of a sentence, such as `the disk is full` */
export function inWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known = typeof code === 'string' && Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  return known ?? (error instanceof Error ? error.message : String(error));
}
