/** For a connection that writes: commits reach the disk before they are answered, and rows refer to rows that are there. */
export const writerPragmas =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;'

/** For a connection that only reads. */
export const readerPragmas = 'PRAGMA query_only = ON; PRAGMA cache_size = -16000;'
