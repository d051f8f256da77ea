import { env } from '@/lib/env'

/** The status that the operator chose for calls to ZITADEL's API that would change nothing. */
export const preconditionStatus = () => env().ZITADEL_PRECONDITION_STATUS
