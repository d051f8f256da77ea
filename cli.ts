import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from '@/lib/cli/run-command'
import { nodeSignatures } from '@/lib/server/node-signatures'
import { setSignatures } from '@/lib/trust/signatures'

/**
 * Runs a command of `lib/cli` in this process, whose exit code becomes the command's.
 * @param folder where file names given by the caller start; the process itself runs in the folder of the installation
 */
export async function main(args: readonly string[], folder: string): Promise<void> {
  // The reader of a pipe may have read enough; before the command has ended, it is one that failed.
  process.stdout.on('error', () => process.exit(process.exitCode ?? 1))
  setSignatures(nodeSignatures)
  // What is made here (backups, the secret) is for this user alone.
  process.umask(0o077)
  process.exitCode = await runCommand(args, {
    stdin: process.stdin,
    stdout: process.stdout,
    print: (line) => void process.stdout.write(`${line}\n`),
    say: (line) => void process.stderr.write(`${line}\n`),
    pathOf: (file) => path.resolve(folder, file),
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2), process.cwd())
