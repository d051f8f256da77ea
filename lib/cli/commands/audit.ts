import { defineCommand, WrongUsage } from '../command'
import { openFile } from '../open-file'

export const audit = defineCommand({
  name: 'audit',
  summary: 'Verify an exported evidence log or an evidence pack, without a server',
  details: `Checks every link, checkpoint and record of a log, and of a pack (zip) every file besides, and names the first
that is broken. With --key, the end of the log must be signed too. Without it, the keys that the file itself brings
are used: then a file that was made up as a whole is not noticed. Get the keys from
/.well-known/keybound-evidence-keys.json of the server, and keep checkpoints where its owner cannot change them.
Exit code 0: intact, 1: not.`,
  operands: [
    { name: 'verify', about: 'the word verify' },
    { name: 'FILE', about: 'an exported log or an evidence pack; - is a log on the standard input' },
  ],
  options: {
    key: {
      type: 'string',
      value: 'FILE',
      about: 'JSON Web Key Set that the log and its checkpoints must be signed with',
    },
    log: { type: 'string', value: 'ID', about: 'the log that it must be: the id of the organization' },
    checkpoint: {
      ...{ type: 'string', value: 'FILE', multiple: true },
      about: 'a checkpoint that was kept elsewhere; the log must hold what it signs',
    },
  },
  async run({ operands: [word, file = '-'], options }, { stdin, print, say, pathOf }) {
    if (word !== 'verify') throw new WrongUsage('Say what to do with the file: keybound audit verify FILE.')
    const { readFile } = await import('node:fs/promises')
    const { readKeys, readCheckpoint } = await import('../evidence/given-proof')
    const { line: oneLine } = await import('../posture/line')
    const { isZip } = await import('../evidence/open-zip')
    const { verifyExport } = await import('../evidence/verify-export')
    const { logWords, packWords } = await import('../evidence/result-words')
    const keys = options.key === undefined ? null : readKeys(await readFile(pathOf(options.key), 'utf8'))
    const checkpoints: string[] = []
    for (const name of options.checkpoint ?? []) checkpoints.push((await readFile(pathOf(name), 'utf8')).trim())
    const given = {
      keys,
      kept: (known: Parameters<typeof readCheckpoint>[1]) => checkpoints.map((jws) => readCheckpoint(jws, known)),
      ...(options.log !== undefined && { log: options.log }),
      onProgress: (entries: number) => say(`${entries} entries …`),
    }
    const isPack = file !== '-' && (await isZip(pathOf(file)))
    const words = isPack
      ? packWords(await (await import('../evidence/verify-pack')).verifyPack(pathOf(file), given))
      : logWords(await verifyExport(file === '-' ? stdin : await openFile(pathOf(file)), given))
    // What a file says is shown so that it can write nothing else to the terminal.
    for (const line of words.problems) print(oneLine(line))
    if (keys === null)
      say('The keys are those of the file itself; give --key to compare it with those that the server publishes.')
    print(oneLine(words.result))
    print(oneLine(words.about))
    return words.isIntact ? 0 : 1
  },
})
