import { z } from 'zod'
import { changeSubjectForm } from '@/lib/services/posture/change-subject-form'
import { listSubjectMigration, type Migrating, MigrationQuery } from '@/lib/services/posture/subject-migration'
import type { Acceptance, SubjectForm } from '@/lib/trust/migration/accepted-forms'
import type { FormUse } from '@/lib/trust/migration/migration-state'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { SubjectFormInput, SubjectMigrationAnswer, SubjectMigrationListAnswer } from './migration/wire'

export const migrationOperations = {
  listSubjectMigration: defineOperation({
    method: 'GET',
    path: '/api/admin/posture/github-subjects',
    summary: 'List trusts of GitHub Actions by the form of their subject',
    description:
      'GitHub writes subjects with names alone (classic) or with names and ids (immutable). Says which forms each trust accepts, in which forms tokens came, and which change comes next.',
    auth: 'required',
    query: MigrationQuery,
    success: { status: 200, description: 'A page.', schema: SubjectMigrationListAnswer },
    async run(ctx, { query }) {
      const { trusts, next } = await listSubjectMigration(ctx, query)
      return { body: { trusts: trusts.map(toAnswer), next } }
    },
  }),

  changeSubjectForm: defineOperation({
    method: 'POST',
    path: '/api/admin/trusts/{trustId}/subject-form',
    summary: 'Take the next step of a change of the subject’s form',
    description:
      'Adds the immutable form, with the ids that verified tokens named, or removes the classic one. Nothing else becomes accepted.',
    auth: 'required',
    params: z.object({ trustId: Id }),
    body: SubjectFormInput,
    records: ['trust.updated'],
    success: { status: 200, description: 'The trust after it.', schema: SubjectMigrationAnswer },
    async run(ctx, { params, body }) {
      return { body: toAnswer({ ...(await changeSubjectForm(ctx, params.trustId, body)), identityName: null }) }
    },
  }),
}

const toAnswer = ({ trust, accepts, uses, ...rest }: Migrating): SubjectMigrationAnswer => ({
  ...{ trustId: trust.id, name: trust.name, method: trust.kind, identityId: trust.identityId, enabled: trust.enabled },
  ...rest,
  accepts: ofForms(accepts, toWord),
  uses: ofForms(uses, toUse),
})

const ofForms = <From, To>(forms: Readonly<Record<SubjectForm, From>>, to: (one: From) => To) => ({
  classic: to(forms.classic),
  immutable: to(forms.immutable),
})

const toWord = (accepts: Acceptance) => (accepts === 'unknown' ? accepts : accepts ? 'yes' : 'no')

const toUse = ({ lastAt, ...counts }: FormUse) => ({
  ...counts,
  lastAt: lastAt === null ? null : new Date(lastAt * 1000).toISOString(),
})
