import type { Command } from './command'
import { analyse } from './commands/analyse'
import { audit } from './commands/audit'
import { backup } from './commands/backup'
import { compare } from './commands/compare'
import { lint } from './commands/lint'
import { migrate } from './commands/migrate'
import { partition } from './commands/partition'
import { recognise } from './commands/recognise'
import { restore } from './commands/restore'
import { rotateKeys } from './commands/rotate-keys'
import { test } from './commands/test'

/** What `npx keybound` can do, in the order of `--help`. */
export const commands: readonly Command[] = [
  lint,
  analyse,
  compare,
  recognise,
  test,
  audit,
  backup,
  restore,
  rotateKeys,
  migrate,
  partition,
]
