/** For a connection that writes: commits reach the disk before they are answered, and rows refer to rows that are there. */
export const writerPragmas =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;'

/**
 * How many pages (4 KB each) the write-ahead log has when a commit of a connection copies it into the database, which takes some
 * tenths of a second: by then many pages are a later version of another. A commit of the event loop leaves it to the thread that
 * writes logins, unless there are none.
 */
export const checkpointPages = { ofLogins: 4_000, ofOthers: 8_000 }

/** For a connection that only reads. */
export const readerPragmas = 'PRAGMA query_only = ON; PRAGMA cache_size = -16000;'
