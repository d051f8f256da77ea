import { z } from 'zod'
import { kinds } from './kinds'
import { TrustPolicy } from './policy'

/** Fields of a draft of every kind. */
export const TrustDraftFields = TrustPolicy.extend({
  identityId: z.uuid().nullable().default(null),
  name: z.string().min(1).max(200),
  enabled: z.boolean().default(true),
})

/** The input that creates or replaces a trust: `kind` says which `options` it has. */
export const TrustDraft = kinds.schemaWith(TrustDraftFields)
export type TrustDraft = z.output<typeof TrustDraft>

/** Fields of a trust of every kind. */
export const TrustFields = TrustDraftFields.extend({
  id: z.uuid(),
  organizationId: z.uuid(),
  /** Grows by one with every change; the ETag of every API. */
  version: z.int().min(1),
  /** Value of the organization's change counter at the last change of this trust: decimal digits, up to 64 bits. */
  sequence: z
    .string()
    .regex(/^\d{1,20}$/)
    .nullish(),
  createdAt: z.date(),
  updatedAt: z.date(),
  /**
   * The columns whose stored text cannot be read; absent where all can. Such a trust refuses every token, and the values in
   * their place are stand-ins that its owner did not set.
   */
  unreadable: z.array(z.string()).optional(),
})

/** A trust: the issuer, keys and rules under which tokens are accepted. The aggregate root. */
export type Trust = z.output<ReturnType<typeof kinds.schemaWith<typeof TrustFields.shape>>>
