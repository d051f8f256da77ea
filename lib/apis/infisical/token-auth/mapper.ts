import type { TokenAuth } from '@/lib/services/access-token/token-auth'
import { toEpochSeconds } from '@/lib/trust/epoch-seconds'
import { fromGrant } from '../protocol'
import type { TokenData } from './wire'

export const toTokenAuthAnswer = ({ id, identityId, grant, createdAt, updatedAt }: TokenAuth) => ({
  identityTokenAuth: {
    id,
    identityId,
    ...fromGrant(grant),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  },
})

type Row = {
  id: string
  name: string | null
  createdAt: Date
  renewedAt: Date | null
  expiresAt: Date
  maxExpiresAt: Date
  uses: number
  usesMax: number
  lastUsedAt: Date | null
  revokedAt: Date | null
}

export const toTokenData = (identityId: string, row: Row): TokenData => ({
  id: row.id,
  identityId,
  name: row.name,
  authMethod: 'token-auth',
  accessTokenTTL: toEpochSeconds(row.expiresAt) - toEpochSeconds(row.renewedAt ?? row.createdAt),
  accessTokenMaxTTL: toEpochSeconds(row.maxExpiresAt) - toEpochSeconds(row.createdAt),
  accessTokenPeriod: 0,
  accessTokenNumUses: row.uses,
  accessTokenNumUsesLimit: row.usesMax,
  accessTokenLastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  accessTokenLastRenewedAt: row.renewedAt?.toISOString() ?? null,
  isAccessTokenRevoked: row.revokedAt !== null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: (row.revokedAt ?? row.renewedAt ?? row.createdAt).toISOString(),
})
