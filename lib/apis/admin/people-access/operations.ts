import { z } from 'zod'
import { requireAccess } from '@/lib/services/access'
import { listPeopleAccess, PeopleAccessQuery, type PersonAccess } from '@/lib/services/people/list-access'
import { defineOperation } from '../../api'
import { ndjson } from '../../streamed'
import { allPages } from '../exports/all-pages'
import { Format, file } from '../exports/as-file'
import { PeopleAccessAnswer, PersonAccessRow } from './wire'

const pageRows = 100

export const peopleAccessOperations = {
  listPeopleAccess: defineOperation({
    method: 'GET',
    path: '/api/admin/people-access',
    summary: 'Who can see what',
    description: 'Every person, with what their role lets them see and change, and how they sign in.',
    auth: 'required',
    query: PeopleAccessQuery,
    success: { status: 200, description: 'A page, the first ones at the top.', schema: PeopleAccessAnswer },
    async run(ctx, { query }) {
      return { body: await listPeopleAccess(ctx, query) }
    },
  }),

  exportPeopleAccess: defineOperation({
    method: 'GET',
    path: '/api/admin/exports/people-access',
    summary: 'Export who can see what',
    description: 'In CSV, fields that begin like a formula start with an apostrophe.',
    auth: 'required',
    query: z.strictObject({ format: Format.default('ndjson') }),
    success: {
      status: 200,
      description: 'One line per person; CSV has a header line.',
      type: ndjson,
      schema: PersonAccessRow,
    },
    async run(ctx, { query: { format } }) {
      requireAccess(ctx, 'read')
      const rows = allPages(async (cursor) => {
        const { people, next } = await listPeopleAccess(ctx, { limit: pageRows, cursor })
        return { rows: people.map(toLine), next }
      })
      return file(ctx, 'people-access', format, rows, PersonAccessRow)
    },
  }),
}

const toLine = ({ factors: { code, passkey }, sees, changes, providers, ...person }: PersonAccess) => ({
  ...person,
  ...{ sees: sees.join('; '), changes: changes.join('; '), providers: providers.join('; ') },
  secondFactor: [...(code ? ['app'] : []), ...(passkey ? ['passkey'] : [])].join('; '),
})
