import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { posturePage } from './posture-page'

writeFileSync(path.resolve(import.meta.dirname, '../docs/posture.md'), await posturePage())
