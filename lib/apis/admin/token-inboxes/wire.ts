import { z } from 'zod'
import { AnalysedTrust } from '../posture/wire'

export { CaughtToken, OpenedInboxAnswer, TokenInboxAnswer } from '@/lib/model/token-inbox'

/** The draft that the token of an inbox is judged by. */
export const InboxInput = z.strictObject({ trust: AnalysedTrust }).meta({ id: 'TokenInboxInput' })
export type InboxInput = z.input<typeof InboxInput>
