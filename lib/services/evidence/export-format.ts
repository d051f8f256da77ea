import { z } from 'zod'
import { CheckpointClaims } from '@/lib/model/evidence'

/** The first line of an exported log says what it is; `keybound audit verify` reads these lines. */
export const exportFormat = 'keybound-evidence-log'

/** What the last line signs: a checkpoint of the last entry, made for one export. */
export const EndClaims = z.object({ ...CheckpointClaims.shape, organization: z.string().nullable() })
