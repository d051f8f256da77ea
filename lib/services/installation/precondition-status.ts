import { env } from '@/lib/env'

/** What the operator has ZITADEL's API answer where nothing would change. */
export const preconditionStatus = () => env().ZITADEL_PRECONDITION_STATUS
