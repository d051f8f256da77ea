import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { z } from 'zod'
import { type EvidenceJwk, openSigned } from '@/lib/db/evidence/checkpoint-signature'
import { sha256 } from '@/lib/db/evidence/record-digest'
import { readStored, storedOrNull } from '@/lib/db/stored-json'
import { PackClaims, PackManifest, packFiles, packFormat, packVersion } from '@/lib/services/evidence/pack/pack-format'
import { Refused } from '../command'
import { openZip, type Zip } from './open-zip'
import { type Given, requireLog, requireVersion, type Verified, verifyExport } from './verify-export'

/** What is read whole: a manifest names some files, its signature is a line. */
const wholeBytesMax = { manifest: 1024 * 1024, signature: 64 * 1024 }

export type VerifiedPack = {
  problems: string[]
  log: Verified | null
  about: Pick<PackManifest, 'log' | 'organization' | 'trusts' | 'at'>
  files: number
  signedAt: string | null
}

/**
 * Checks an evidence pack: the signature of its manifest, that it holds exactly the files of the manifest with the same bytes, and the log in it. Reads
 * each file once, with memory for one line. Problems come in the order in which they are found.
 * @throws Refused for what is no evidence pack, or no zip archive that one may read
 */
export async function verifyPack(file: string, given: Given): Promise<VerifiedPack> {
  const zip = await openZip(file)
  try {
    return await verifyOpen(zip, given)
  } finally {
    zip.close()
  }
}

async function verifyOpen(zip: Zip, given: Given): Promise<VerifiedPack> {
  const text = await readWhole(zip, packFiles.manifest, wholeBytesMax.manifest)
  requireVersion(text, packFormat, packVersion)
  const read = readStored(text, PackManifest)
  if (text === null || !read.readable)
    throw new Refused(
      'The file is a zip archive, but no evidence pack of Keybound: it has no manifest.json that can be read.',
    )
  const manifest = read.value
  requireLog(manifest.log, given.log)
  const keys = given.keys ?? manifest.keys
  const problems: string[] = []
  const claims = storedOrNull(
    openSignature(await readWhole(zip, packFiles.signature, wholeBytesMax.signature), keys),
    PackClaims,
  )
  const isSigned = claims !== null && isOver(claims, text, manifest)
  if (claims === null) problems.push('The manifest is signed by no known key.')
  else if (!isSigned) problems.push('The manifest was changed: its signature is over another.')

  const listed = new Map(manifest.files.map((one) => [one.name, one]))
  const signed: string[] = [packFiles.manifest, packFiles.signature]
  for (const name of listed.keys()) if (!zip.entries.has(name)) problems.push(`The file ${name} is missing.`)
  for (const name of zip.entries.keys()) {
    if (!listed.has(name) && !signed.includes(name))
      problems.push(`The file ${name} was added: the manifest does not name it.`)
  }
  if (!listed.has(packFiles.log)) problems.push(`The manifest names no ${packFiles.log}.`)
  let log: Verified | null = null
  for (const [name, { bytes, sha256 }] of listed) {
    const entry = zip.entries.get(name)
    if (!entry) continue
    try {
      const measured = measure(await zip.open(entry))
      if (name === packFiles.log)
        log = await verifyExport(measured.stream, { ...given, log: manifest.log, pack: { keys, isSigned } })
      else for await (const _ of measured.stream);
      const found = measured.result()
      if (found.bytes !== bytes || found.sha256 !== sha256)
        problems.push(`The file ${name} was changed: it is not the one that the manifest names.`)
    } catch (error) {
      problems.push(`The file ${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (log) problems.push(...log.problems.map(({ message }) => message))
  return { problems, log, about: manifest, files: listed.size, signedAt: claims?.at ?? null }
}

const openSignature = (jws: string | null, keys: readonly EvidenceJwk[]) => openSigned((jws ?? '').trim(), keys, 'pack')

const isOver = (claims: z.output<typeof PackClaims>, text: string, { log, at }: PackManifest) =>
  claims.manifest === sha256(text) && claims.log === log && claims.at === at

async function readWhole(zip: Zip, name: string, bytesMax: number): Promise<string | null> {
  const entry = zip.entries.get(name)
  if (!entry) return null
  if (entry.bytes > bytesMax) throw new Refused(`The file ${name} of the archive is too long for an evidence pack.`)
  const chunks: Buffer[] = []
  for await (const chunk of await zip.open(entry)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** The same bytes; their number and SHA-256 are known when they have all gone through. */
function measure(input: Readable) {
  const hash = createHash('sha256')
  let bytes = 0
  async function* pass() {
    for await (const chunk of input) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  return { stream: Readable.from(pass()), result: () => ({ bytes, sha256: hash.digest('hex') }) }
}
