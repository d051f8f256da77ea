import { z } from 'zod'
import { migrationStates } from '@/lib/trust/migration/migration-state'

const Accepts = z.enum(['yes', 'no', 'unknown'])

const FormUse = z.object({
  accepted: z.number(),
  refused: z.number().meta({ description: 'For the subject alone, with a verified signature.' }),
  lastAt: z.iso.datetime().nullable(),
})

const bothForms = <Schema extends z.ZodType>(schema: Schema) => z.object({ classic: schema, immutable: schema })

const changes = z.enum(['add-immutable', 'retire-classic'])

export const SubjectMigrationAnswer = z
  .object({
    trustId: z.uuid(),
    name: z.string(),
    method: z.string(),
    identityId: z.uuid().nullable(),
    identityName: z.string().nullable(),
    enabled: z.boolean(),
    state: z.enum(migrationStates).meta({
      description:
        'broken: jobs with the immutable form are refused · breaks: they will be, after a rename · ready: both are accepted · retire: both, and the classic form has not come for 30 days · done: the immutable form alone · unbound: no rule on the subject · dead: neither',
    }),
    accepts: bothForms(Accepts),
    subjects: z.array(z.string()).meta({ description: 'Values of the rule on the subject.' }),
    uses: bothForms(FormUse).meta({ description: 'Of the last 90 days, among the newest 300 logins.' }),
    logins: z.object({ count: z.number(), isComplete: z.boolean() }),
    step: z
      .object({ change: changes, values: z.array(z.string()) })
      .nullable()
      .meta({ description: 'What the next change would add or remove.' }),
    hindrance: z.string().nullable().meta({ description: 'Why a change that is due cannot be made.' }),
  })
  .meta({ id: 'SubjectMigration' })
export type SubjectMigrationAnswer = z.output<typeof SubjectMigrationAnswer>

export const SubjectMigrationListAnswer = z
  .object({ trusts: z.array(SubjectMigrationAnswer), next: z.uuid().nullable() })
  .meta({ id: 'SubjectMigrationList' })
export type SubjectMigrationListAnswer = z.output<typeof SubjectMigrationListAnswer>

export const SubjectFormInput = z.strictObject({ change: changes }).meta({ id: 'SubjectFormInput' })
export type SubjectFormInput = z.input<typeof SubjectFormInput>
