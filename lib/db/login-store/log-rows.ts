import type { ChainEntry, ChainHead, UnsealedRecord } from '../generated/sqlite/client'

/** Entries that are added to an evidence log, and the notes of the records that they are of. All of it is written, or nothing. */
export type LogBatch = {
  log: string
  /** As it was read; null where the log begins. */
  head: Pick<ChainHead, 'seq' | 'hash' | 'mac'> | null
  next: Pick<ChainHead, 'seq' | 'hash' | 'mac' | 'sealedAt'>
  entries: readonly Omit<ChainEntry, 'organizationId'>[]
  /** Notes that are worked off. */
  done: readonly Pick<UnsealedRecord, 'recordId' | 'kind'>[]
  /** Notes for later. */
  following: readonly UnsealedRecord[]
}

/**
 * What became of it. Nothing was written where it was `overtaken`: another process has added entries since the head was read; nor where a note was
 * `gone`: another has sealed its record.
 */
export type Appended = 'written' | 'overtaken' | 'gone'
