import { z } from 'zod'
import { type Role, roles, toRole } from '@/lib/trust/role'
import { readStored } from './stored-json'

const Metadata = z.array(z.object({ key: z.string(), value: z.string() }))

type IdentityRow = {
  id: string
  organizationId: string
  name: string
  role: string
  hasDeleteProtection: boolean
  isCanary: boolean
  canaryPlace: string
  metadata: string
  lastLoginMethod: string | null
  lastLoginAt: Date | null
  createdAt: Date
  updatedAt: Date
  trusts?: { kind: string }[]
  tokenAuth?: { id: string } | null
}

/** The machine that logs in, as the domain knows it. */
export type Identity = {
  id: string
  organizationId: string
  name: string
  role: Role
  hasDeleteProtection: boolean
  /** Every login is refused, and is an alarm. */
  isCanary: boolean
  /** Where it is planted. */
  canaryPlace: string
  metadata: { key: string; value: string }[]
  /** How it may log in: jwt, oidc, token. */
  methods: string[]
  lastLoginMethod: string | null
  lastLoginAt: Date | null
  createdAt: Date
  updatedAt: Date
  /** The columns whose stored text cannot be read; absent where all can. */
  unreadable?: string[]
}

/** Relations to select beside an identity's own columns. */
export const identityInclude = {
  trusts: { select: { kind: true } },
  tokenAuth: { select: { id: true } },
} as const

export function toIdentity(row: IdentityRow): Identity {
  const { trusts = [], tokenAuth, ...rest } = row
  const metadata = readStored(rest.metadata, Metadata)
  const isRole = roles.some((role) => role === rest.role)
  const unreadable = [...(isRole ? [] : ['role']), ...(metadata.readable ? [] : ['metadata'])]
  return {
    id: rest.id,
    organizationId: rest.organizationId,
    name: rest.name,
    role: toRole(rest.role),
    hasDeleteProtection: rest.hasDeleteProtection,
    isCanary: rest.isCanary,
    canaryPlace: rest.canaryPlace,
    metadata: metadata.readable ? metadata.value : [],
    methods: [...trusts.map(({ kind }) => kind).sort(), ...(tokenAuth ? ['token'] : [])],
    lastLoginMethod: rest.lastLoginMethod,
    lastLoginAt: rest.lastLoginAt,
    createdAt: rest.createdAt,
    updatedAt: rest.updatedAt,
    ...(unreadable.length > 0 ? { unreadable } : {}),
  }
}
